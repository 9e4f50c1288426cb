"""The terminal of a session while a file has it: plain lines out, bytes in, no screen."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Final

from console.terminal.profiles import TerminalProfile
from console.texts import _
from console.wire import Wire
from console.wire_driver import Sieve, WireDriver
from screens.file_channel import NotTransferred

STUCK_S: Final = 60.0
"""Seconds after which a wire that takes nothing is given up."""
CANCEL_KEYS: Final = (b"\x03", b"\x1b", b"\x18")
"""^C, Esc, ^X, each alone in what arrives: parts of longer keys are none."""


class LentTerminal:
    """Writes at the wire's pace, and keeps what arrives until it is asked for."""

    def __init__(self) -> None:
        self._wire: Wire
        self._profile: TerminalProfile
        self._arrived = bytearray()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self.typed_of: Sieve | None = None
        """What of the bytes after the end was typed; None: all of it."""

    def take(self, received: bytes) -> None:
        self._arrived += received
        self._news.set()

    def begin(self, wire: Wire, profile: TerminalProfile) -> None:
        self._wire, self._profile = wire, profile
        wire.on_free(self._room.set)

    def write(self, data: bytes) -> None:
        self._wire.write(data)

    def say(self, *lines: str) -> None:
        """Print lines; what the terminal cannot show becomes `?`."""
        self._print("".join(f"{line}\r\n" for line in lines))

    def count(self, text: str) -> None:
        """Print a figure over the one before."""
        self._print(f"\r{text}")

    def scroll_away(self, rows: int) -> None:
        """Move what was printed into the scroll-back, before a screen is drawn over it."""
        if not self._profile.alternate_screen:
            self.write(b"\r\n" * rows)

    def _print(self, text: str) -> None:
        self.write(text.encode("utf-8" if self._profile.utf8 else "ascii", "replace"))

    async def free(self) -> None:
        """Wait until what was written is as good as gone. Raises NotTransferred."""
        try:
            async with asyncio.timeout(STUCK_S):
                while not self._wire.free():
                    self._room.clear()
                    await self._room.wait()
        except TimeoutError:
            raise NotTransferred(_("The terminal has taken nothing for a minute.")) from None

    async def arrived(self, patience_s: float) -> bytes:
        """What has arrived, or arrives next; nothing after so many seconds."""
        if not self._arrived:
            self._news.clear()
            # Not wait_for: Python 3.11 forgets a cancellation that comes together with the bytes.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience_s):
                    await self._news.wait()
        data = bytes(self._arrived)
        self._arrived.clear()
        return data

    def cancelled(self) -> bool:
        """Whether a key that cancels was pressed; what else arrived is forgotten."""
        data = bytes(self._arrived)
        self._arrived.clear()
        return data in CANCEL_KEYS

    async def quiet(self, for_s: float, *, at_most_s: float) -> None:
        """Wait until nothing has come for so long; what comes is forgotten."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most_s):
                while await self.arrived(for_s):
                    pass


@contextlib.contextmanager
def lent(driver: WireDriver) -> Iterator[LentTerminal]:
    """Borrow the terminal; the screen stands again afterwards."""
    terminal = LentTerminal()
    terminal.begin(*driver.lend(terminal.take))
    try:
        yield terminal
    finally:
        if terminal.typed_of is None:
            driver.take_back()
        else:
            driver.take_back(terminal.typed_of)
