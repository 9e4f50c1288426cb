"""Somebody at a terminal for tests: the console app on a station in this process, its time turned by hand."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from core.api import Entrance, Origin, Station
from core.station import StationCore
from screens.app import ConsoleApp
from screens.away import Away
from screens.terminal_facts import ASCII_TERMINAL, TerminalFacts
from tests.stations import log_in

SETTLING = frozenset(
    {
        "badges", "check", "default", "door", "firmware", "known", "learning", "log", "others", "page",
        "preparing", "pulse", "records", "report", "settings", "token",
    }
)  # fmt: skip
MOST_ROUNDS = 200
QUIET_ROUNDS = 3
SLACK = 0.02
"""s; nothing new for two of these, and all widgets have answered before and after: all has come."""
RESTLESS = replace(ASCII_TERMINAL, rest=3600.0)
"""Nothing is drawn by itself while a test looks."""

SERIAL = Origin(kind="serial", address="ttyS1")


def _character_of(key: str) -> str | None:
    """What a key types; None for one that types nothing."""
    try:
        return unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        return key if len(key) == 1 else None


class Sitting:
    """An app in use: press keys, read the screen."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            self._send(key)
            await self.settle()

    async def press_together(self, *keys: str) -> None:
        """Press keys faster than anything comes of them."""
        for key in keys:
            self._send(key)
        await self.settle()

    async def type(self, text: str) -> None:
        for letter in text:
            self._send(letter)
        await self.settle()

    def _send(self, key: str) -> None:
        """Press a key by its letter or name. Textual's pilot would wait until the processor rests."""
        name = _character_to_key(key) if len(key) == 1 else key
        self.app.post_message(events.Key(name, _character_of(key)))

    async def settle(self) -> None:
        """Wait until nothing that was asked for is still to come."""
        quiet = 0
        for _round in range(MOST_ROUNDS):
            if quiet != 1:
                await self._let_all_answer()
            await asyncio.sleep(SLACK if quiet else 0)
            self.app.screen._on_timer_update()
            busy = [w for w in self.app.workers if w.group in SETTLING and not w.is_finished]
            if busy:
                with suppress(WorkerCancelled):
                    await self.app.workers.wait_for_complete(busy)
            elif self._is_doing_what_was_asked():
                await asyncio.sleep(0.01)
            elif not (self._is_drawing() or (quiet == 1 and self._has_messages())):
                quiet += 1
                if quiet == QUIET_ROUNDS:
                    return
                continue
            quiet = 0

    def _widgets(self) -> list[MessagePump]:
        return [self.app, *self.app.screen.walk_children(with_self=True)]

    def _has_messages(self) -> bool:
        return any(widget.message_queue_size for widget in self._widgets())

    async def _let_all_answer(self) -> None:
        """Wait until all widgets have done what had come to them, as Textual's pilot does."""
        answered = asyncio.Event()
        waiting = 0

        def answer() -> None:
            nonlocal waiting
            waiting -= 1
            if not waiting:
                answered.set()

        # Saves looking at the signature for each widget.
        vars(answer)["_param_count"] = 0
        for widget in self._widgets():
            waiting += widget.post_message(events.Callback(answer))
        if waiting:
            ends = [asyncio.ensure_future(each.wait()) for each in (answered, self.app._exception_event)]
            done, ended = await asyncio.wait(ends, timeout=30, return_when=asyncio.FIRST_COMPLETED)
            for each in ended:
                each.cancel()
            assert done, "widgets did not do what had come to them"

    def _is_doing_what_was_asked(self) -> bool:
        """Whether a question is answered, or the station is back, and what comes of it is not done yet."""
        waiting = {w.group for w in self.app.workers if not w.is_finished}
        if "away" in waiting and not any(isinstance(screen, Away) for screen in self.app.screen_stack):
            return True
        return "asking" in waiting and len(self.app.screen_stack) == 1

    def _is_drawing(self) -> bool:
        """Whether the screen has yet to lay itself out, draw something or tell somebody that it has."""
        screen = self.app.screen
        return bool(
            not screen.is_mounted or screen._layout_required or screen._dirty_widgets or screen._callbacks
        )

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_with(self, words: str) -> str:
        """The first line that holds these words; "" for none."""
        return next((line for line in self.lines if words in line), "")


@asynccontextmanager
async def sitting(
    core: StationCore,
    account: str | None = "admin",
    *,
    terminal: TerminalFacts = RESTLESS,
    size: tuple[int, int] = (80, 24),
    station: Station | None = None,
    entrance: Entrance | None = None,
    reconnect: Callable[[], Awaitable[Entrance]] | None = None,
) -> AsyncIterator[Sitting]:
    """Sit down at the station; `account` None stays at the log-in screen."""
    entrance = entrance or core.entrance()
    if account is not None and station is None:
        station = await log_in(core, account, kind="serial")

    async def at_once() -> Entrance:
        return core.entrance()

    app = ConsoleApp(
        entrance,
        station,
        origin=SERIAL,
        terminal=terminal,
        reconnect=reconnect or at_once,
        key_fingerprint="SHA256:test",
    )
    async with app.run_test(size=size) as pilot:
        seat = Sitting(app, pilot)
        await seat.settle()
        yield seat
