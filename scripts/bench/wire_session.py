"""Consoles driven by keys on wires that only count, their screens kept for comparison."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from console.seat import facts_of
from console.session_app import SessionApp
from console.terminal.cells import Row
from console.terminal.profiles import TerminalProfile
from console.wire_driver import WireDriver
from core.api import Entrance, Origin
from core.station import StationCore
from screens.app import ConsoleApp
from tests.stations import log_in

QUIET = 0.3
"""Seconds without output after which an action is over."""

REST = 1.3
"""Seconds after which nothing more is drawn by itself."""

ORIGIN = Origin(kind="serial", address="ttyS1")


class CountingWire:
    """A wire that is always free and keeps what was written."""

    def __init__(self) -> None:
        self.output = bytearray()

    @property
    def bytes_written(self) -> int:
        return len(self.output)

    def write(self, data: bytes) -> None:
        self.output += data

    def free(self) -> bool:
        return True

    def on_free(self, callback: Callable[[], None]) -> None:
        """It is always free."""

    def close(self) -> None:
        """There is nothing at the other end."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """What a user does: keys as bytes, after something that happens at the station."""

    name: str
    keys: bytes = b""
    happens: Callable[[], Awaitable[None]] | None = None
    repaints: bool = False
    rest: float = 0.0
    """Seconds before the end is looked for: help of a field comes a while after it got the focus."""
    counts: bool = True
    """False for what only leads to the next action."""
    budget: int | None = None
    """Bytes allowed at 80x24 in profile ``serial``."""


def lead(keys: bytes) -> Action:
    """Keys that only lead to the next action."""
    return Action(name="", keys=keys, counts=False, rest=REST)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The screen after an action, and what led there."""

    action: Action
    output: bytes
    rows: list[Row]
    cursor: tuple[int, int] | None


FIRST_SCREEN = Action(name="first screen after log-in", budget=1600, repaints=True, rest=REST)


async def record(
    core: StationCore,
    actions: Sequence[Action],
    profile: TerminalProfile,
    size: tuple[int, int],
    *,
    elapsed: Callable[[], float] = time.monotonic,
) -> list[Shown]:
    """Log in, then go through the actions; the first entry is the first screen.

    `elapsed` is the clock by which the screens count seconds.
    """
    wire = CountingWire()
    async with _console(core, SessionApp(), profile, size) as app:
        app.elapsed = elapsed
        app.show_on(wire, profile, *size)
        driver = app.wire_driver
        if driver is None:
            raise RuntimeError("the console has no driver")
        # Taking the screen is ncurses' initscr(), which is not counted there either.
        taken = wire.bytes_written
        shown = [await _settled(driver, wire, FIRST_SCREEN, taken)]
        for action in actions:
            before = wire.bytes_written
            await _do(driver, action)
            if action.repaints:
                driver.repaint()
            shown.append(await _settled(driver, wire, action, before))
    return shown


class RawDriver(WireDriver):
    """Takes all that Textual writes, as its own drivers would."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.count = 0

    def write(self, data: str) -> None:
        self.count += len(data.encode())


async def record_raw(
    core: StationCore, actions: Sequence[Action], profile: TerminalProfile, size: tuple[int, int]
) -> list[int]:
    """Go through the same actions and return the bytes that Textual itself sends."""
    app = ConsoleApp(driver_class=RawDriver)
    async with _console(core, app, profile, size):
        driver = app._driver  # noqa: SLF001 - Textual gives no other way to it.
        if not isinstance(driver, RawDriver):
            raise TypeError("the console has another driver")
        counts = [await _quiet(lambda: driver.count, 0)]
        for action in actions:
            before = driver.count
            if action.repaints:
                app.refresh(layout=True)
            await _do(driver, action)
            await asyncio.sleep(action.rest)
            counts.append(await _quiet(lambda: driver.count, before))
    return counts


@asynccontextmanager
async def _console(
    core: StationCore, app: Any, profile: TerminalProfile, size: tuple[int, int]
) -> AsyncIterator[Any]:
    async def reconnect() -> Entrance:
        return core.entrance()

    facts = facts_of(profile, description="serial ttyS1 9600 8N1", terminal="VT102")
    station = await log_in(core, "admin", kind="serial")
    running = asyncio.create_task(app.run_async(size=size))
    await asyncio.sleep(1.0)
    let_in = ConsoleApp.attach
    app.call_later(
        lambda: let_in(app, core.entrance(), station, origin=ORIGIN, terminal=facts, reconnect=reconnect)
    )
    try:
        yield app
    finally:
        app.exit()
        await running


async def _do(driver: WireDriver, action: Action) -> None:
    if action.happens is not None:
        await action.happens()
    driver.feed(action.keys)


async def _settled(driver: WireDriver, wire: CountingWire, action: Action, before: int) -> Shown:
    await asyncio.sleep(action.rest)
    screen = driver.terminal_screen
    while screen is not None:
        await _quiet(lambda: wire.bytes_written, before)
        if not screen.changed_rows():
            break
        screen = driver.terminal_screen
    if screen is None:
        raise RuntimeError(f"the console ended during {action.name}")
    rows = [row[:] for row in screen.grid.rows]
    return Shown(action=action, output=bytes(wire.output[before:]), rows=rows, cursor=driver.cursor)


async def _quiet(count: Callable[[], int], before: int) -> int:
    """Wait until no more is sent, and return how much was."""
    last = -1
    while last != count():
        last = count()
        await asyncio.sleep(QUIET)
    return last - before
