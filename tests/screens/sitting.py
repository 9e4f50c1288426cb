"""Somebody at a terminal for tests: the console app on a station in this process, its time turned by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from core.api import Entrance, Origin, Station
from core.station import StationCore
from screens.app import ConsoleApp
from screens.terminal_facts import ASCII_TERMINAL, TerminalFacts
from tests.stations import log_in

SETTLING = frozenset(
    {
        "door", "page", "records", "pulse", "check", "settings", "badges", "learning", "others",
        "publication", "clock", "default",
    }
)  # fmt: skip
MOST_ROUNDS = 50
RESTLESS = replace(ASCII_TERMINAL, rest=3600.0)
"""Nothing is drawn by itself while a test looks."""

SERIAL = Origin(kind="serial", address="ttyS1")


class Sitting:
    """An app in use: press keys, read the screen."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        for letter in text:
            self.app.post_message(events.Key(_character_to_key(letter), letter))
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing that was asked for is still to come."""
        for _round in range(MOST_ROUNDS):
            await self.pilot.pause()
            busy = [w for w in self.app.workers if w.group in SETTLING and not w.is_finished]
            if busy:
                await self.app.workers.wait_for_complete(busy)
            elif self._is_doing_what_was_asked():
                await self.pilot.pause(0.01)
            elif not self._is_drawing():
                return

    def _is_doing_what_was_asked(self) -> bool:
        """Whether a question is answered, and what it was about is not done yet."""
        asking = any(w.group == "asking" and not w.is_finished for w in self.app.workers)
        return asking and len(self.app.screen_stack) == 1

    def _is_drawing(self) -> bool:
        """Whether the screen has yet to lay itself out, draw something or tell somebody that it has."""
        screen = self.app.screen
        return bool(screen._layout_required or screen._dirty_widgets or screen._callbacks)

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
