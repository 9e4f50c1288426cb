"""An app on a line at its real pace, and a terminal with programs of its own at the other end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Input, Label

from console.descriptor_wire import DescriptorWire
from console.terminal.profiles import SERIAL
from console.textual_patches import apply_patches
from console.transfer.channel import TerminalFiles
from console.wire_app import WireApp
from console.wire_driver import WireDriver
from tests.console.terminal.emulator import EmulatedScreen, EmulatedStream
from tests.dialogues.line import SerialCable

PATIENCE_S = 20
LONGEST_RUN_S = 400
ROWS = 8
REST = " of the page" + " abcdefgh" * 5


class Field(App[str]):
    CSS = "Input { border: none; height: 1; }"

    def compose(self) -> ComposeResult:
        for row in range(ROWS):
            yield Label(f"row {row}{REST}")
        yield Input("", id="field", select_on_focus=False)


class FieldOnAWire(WireApp[str], Field):
    pass


class LineSession:
    """`files` is the app's channel; `screen` is what the terminal shows, while it reads the line."""

    def __init__(self, app: FieldOnAWire, files: TerminalFiles, line: int) -> None:
        self.app = app
        self.files = files
        self.line = line
        self.output = bytearray()
        self.screen = EmulatedScreen(80, 24)
        self._stream = EmulatedStream(self.screen)
        self.listen()

    @property
    def driver(self) -> WireDriver:
        driver = self.app.wire_driver
        assert driver is not None
        return driver

    @property
    def typed(self) -> str:
        return self.app.query_one("#field", Input).value

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def listen(self) -> None:
        asyncio.get_running_loop().add_reader(self.line, self._read)

    def _read(self) -> None:
        data = os.read(self.line, 4096)
        self.output += data
        self._stream.feed(data)

    def send(self, data: bytes) -> None:
        os.write(self.line, data)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():  # noqa: ASYNC110 - a terminal has no event for what it shows
                await asyncio.sleep(0.005)

    async def shows_again(self, before: str) -> None:
        """Wait until the terminal shows what it showed before."""
        try:
            await self.until(lambda: self.text == before)
        except TimeoutError:
            raise AssertionError(f"the screen is not whole:\n{self.text}") from None

    async def shows(self, *texts: str) -> None:
        try:
            await self.until(lambda: all(text in self.text for text in texts))
        except TimeoutError:
            raise AssertionError(f"never showed {texts}:\n{self.text}") from None

    async def starts(self, *words: str, folder: Path) -> asyncio.subprocess.Process:
        """Start a program of the terminal; the terminal itself does not read meanwhile."""
        asyncio.get_running_loop().remove_reader(self.line)
        return await asyncio.create_subprocess_exec(
            *words, stdin=self.line, stdout=self.line, stderr=asyncio.subprocess.DEVNULL, cwd=folder
        )

    async def runs(self, *words: str, folder: Path) -> int:
        """Run a program of the terminal, which reads the line again after it."""
        process = await self.starts(*words, folder=folder)
        try:
            async with asyncio.timeout(LONGEST_RUN_S):
                return await process.wait()
        finally:
            self.listen()


@asynccontextmanager
async def line_session(folder: Path, baud: int | None) -> AsyncIterator[LineSession]:
    """Sit down at a line of this speed, or at a wire without one; files are kept in `folder`."""
    apply_patches()
    loop = asyncio.get_running_loop()
    with SerialCable(baud=baud) as cable:
        station = os.open(cable.station_end, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        technician = os.open(cable.technician_end, os.O_RDWR | os.O_NOCTTY)
        app = FieldOnAWire()
        running = asyncio.create_task(app.run_async(size=(80, 24)))
        wire = DescriptorWire(station, lost=app.exit, baud=baud)
        try:
            while not (app.is_running and (driver := app.wire_driver) and driver.has_started and app.focused):  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.005)
            session = LineSession(app, TerminalFiles(driver, folder, baud=baud), technician)
            loop.add_reader(station, lambda: driver.feed(os.read(station, 4096)))
            app.show_on(wire, SERIAL, 80, 24)
            await session.shows(f"row {ROWS - 1}{REST}")
            yield session
        finally:
            loop.remove_reader(station)
            loop.remove_reader(technician)
            wire.close()
            app.exit()
            await running
            os.close(station)
            os.close(technician)
