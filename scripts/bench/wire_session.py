"""An app driven by keys on a wire that only counts, its screens kept for comparison."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import App

from console.terminal.cells import Row
from console.terminal.profiles import TerminalProfile
from console.wire_app import WireApp
from console.wire_driver import WireDriver

QUIET = 0.25
"""Seconds without output after which an action is over."""


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
        pass

    def close(self) -> None:
        pass


@dataclass(frozen=True, kw_only=True)
class Action:
    """What a user does: keys as bytes, or something that happens to the app."""

    name: str
    keys: bytes = b""
    happens: Callable[[App[Any]], None] | None = None
    counts: bool = True
    """False for what only leads to the next action."""
    budget: int | None = None
    """Bytes allowed at 80x24 in profile ``serial``."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The screen after an action, and what led there."""

    action: Action
    output: bytes
    rows: list[Row]
    cursor: tuple[int, int] | None


async def record(
    make: Callable[[], WireApp[Any]],
    actions: Sequence[Action],
    profile: TerminalProfile,
    width: int,
    height: int,
) -> list[Shown]:
    """Run an app through the actions; the first entry is its first screen."""
    wire = CountingWire()
    app = make()
    ran = asyncio.create_task(app.run_async(size=(width, height)))
    while not app.is_running or app.wire_driver is None or not app.wire_driver.has_started:
        if ran.done():
            await ran
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.5)
    driver = app.wire_driver
    app.attach(wire, profile, width, height)
    # Taking the screen is ncurses' initscr(), which is not counted there either.
    taken = wire.bytes_written
    shown = [await _settled(driver, wire, Action(name="first screen", budget=1600), taken)]
    for action in actions:
        before = wire.bytes_written
        if action.keys:
            driver.feed(action.keys)
        if action.happens is not None:
            action.happens(app)
        shown.append(await _settled(driver, wire, action, before))
    app.exit()
    await ran
    return shown


async def _settled(driver: WireDriver, wire: CountingWire, action: Action, before: int) -> Shown:
    count = -1
    while count != wire.bytes_written:
        count = wire.bytes_written
        await asyncio.sleep(QUIET)
    screen = driver.terminal_screen
    if screen is None:
        raise RuntimeError(f"the app ended during {action.name}")
    rows = [row[:] for row in screen.grid.rows]
    return Shown(action=action, output=bytes(wire.output[before:]), rows=rows, cursor=driver.cursor)
