"""One person's console on one wire: from the first frame to the last."""

from __future__ import annotations

import asyncio
import logging
import textwrap
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from textual.worker import WorkerFailed

from console.session_app import SessionApp
from console.terminal.profiles import TerminalProfile
from console.texts import _
from console.transfer.channel import TerminalFiles
from console.wire import Wire
from core.api import Entrance, Origin, Station
from screens.terminal_facts import TerminalFacts

log = logging.getLogger(__name__)

CRASHED = "crashed"
HUNG_UP = "hung_up"
PATIENCE_S = 3.0
REDRAW = b"\x0c"
COLOURLESS = ("evtty-plain",)
SMALLEST = (20, 5)
LARGEST = (500, 200)


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who sits down: the link to the station, logged in or not, and how to get another after a restart.

    `key_fingerprint` is that of the station's SSH key, "" while it has none. Files on their way are kept in
    `folder`; `baud` is the speed of the line, None where nobody knows how fast the wire is.
    """

    entrance: Entrance
    station: Station | None
    origin: Origin
    reconnect: Callable[[], Awaitable[Entrance]]
    key_fingerprint: str = ""
    folder: Path
    baud: int | None = None


def facts_of(profile: TerminalProfile, *, description: str, terminal: str) -> TerminalFacts:
    """What the screens must know of a terminal with this profile."""
    name = {"full": "full", "basic": "basic"}.get(profile.name, "serial")
    facts = TerminalFacts(
        profile=name,  # type: ignore[arg-type]
        description=description,
        terminal=terminal,
        colour=profile.colours > 0,
        ascii=not profile.utf8,
    )
    if profile.colours:
        return facts
    return TerminalFacts(
        profile=facts.profile,
        description=description,
        terminal=terminal,
        colour=False,
        ascii=facts.ascii,
        themes=COLOURLESS,
    )


def within_reason(columns: int, rows: int) -> tuple[int, int]:
    """A size that can be drawn; what a client says of its window may be anything. 0 stands for 80x24."""
    columns, rows = columns or 80, rows or 24
    return (
        min(max(columns, SMALLEST[0]), LARGEST[0]),
        min(max(rows, SMALLEST[1]), LARGEST[1]),
    )


def _leave_on(wire: Wire, columns: int, words: str) -> None:
    """Put the last words below what the terminal showed before the console."""
    lines = textwrap.wrap(words, max(SMALLEST[0], columns - 1))
    wire.write("".join(f"\r\n{line}" for line in (*lines, "")).encode())


class Seat:
    """An app and its task; a crash ends this seat alone."""

    def __init__(self) -> None:
        self.app = SessionApp()
        self.app.on_crash = self._crashed
        self._has_crashed = False
        self._leaving: asyncio.Task[None] | None = None
        self.task = asyncio.create_task(self.app.run_async(size=(80, 24)), name="console session")

    def _crashed(self, error: BaseException) -> None:
        if self._leaving is not None:
            return
        self._has_crashed = True
        if isinstance(error, WorkerFailed):
            error = error.error
        log.error("a console session crashed", exc_info=error)

    async def is_warm(self) -> bool:
        """Wait until the app can be shown; False when it died before."""
        warm = asyncio.create_task(self.app.is_warm.wait())
        try:
            await asyncio.wait({warm, self.task}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            warm.cancel()
        return not self.task.done()

    async def run(
        self, wire: Wire, profile: TerminalProfile, size: tuple[int, int], guest: Guest, facts: TerminalFacts
    ) -> str:
        """Show the console on `wire` until it is left; says why it ended."""
        try:
            if await self.is_warm():
                self.app.call_later(self._sit_down, wire, profile, size, guest, facts)
            await asyncio.wait({self.task})
        finally:
            await self._clear(guest)
        columns = size[0]
        if self._has_crashed:
            _leave_on(wire, columns, _("This session ended because of a fault in it. The station goes on."))
            return CRASHED
        if self.app.farewell:
            _leave_on(wire, columns, self.app.farewell)
        return self.app.return_value or HUNG_UP

    def _sit_down(
        self, wire: Wire, profile: TerminalProfile, size: tuple[int, int], guest: Guest, facts: TerminalFacts
    ) -> None:
        driver = self.app.wire_driver
        if driver is not None:
            self.app.files = TerminalFiles(driver, guest.folder, baud=guest.baud, who=self._who)
        self.app.attach(
            guest.entrance,
            guest.station,
            origin=guest.origin,
            terminal=facts,
            reconnect=guest.reconnect,
            key_fingerprint=guest.key_fingerprint,
        )
        self.app.show_on(wire, profile, *size)

    def _who(self) -> tuple[Station, str] | None:
        if not self.app.attached:
            return None
        return self.app.visit.station, self.app.visit.person.account

    async def _clear(self, guest: Guest) -> None:
        if not self.task.done():
            self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        for entrance in {
            id(each): each for each in (guest.entrance, getattr(self.app, "entrance", None))
        }.values():
            if entrance is not None:
                await entrance.close()

    def feed(self, data: bytes) -> None:
        driver = self.app.wire_driver
        if driver is None or self.task.done():
            return
        if REDRAW in data and not driver.is_lent:
            driver.repaint()
        driver.feed(data)

    @property
    def is_lent(self) -> bool:
        """True while a file has the wire: what arrives is nobody's keys."""
        driver = self.app.wire_driver
        return driver is not None and driver.is_lent

    def resize(self, columns: int, rows: int) -> None:
        driver = self.app.wire_driver
        if driver is not None and not self.task.done():
            driver.resize(*within_reason(columns, rows))

    def hang_up(self) -> None:
        """End the session; an app that does not end by itself is stopped."""
        if self.task.done() or self._leaving is not None:
            return
        self.app.exit(HUNG_UP)
        self._leaving = asyncio.create_task(self._stop_when_stuck())

    async def _stop_when_stuck(self) -> None:
        await asyncio.wait({self.task}, timeout=PATIENCE_S)
        self.task.cancel()
