"""The two ends of a command on an SSH channel."""

from __future__ import annotations

import asyncio

import asyncssh

from console.commands.output import OutputClosed

LONGEST_LINE = 4096
END_OF_INPUT = b"\x04"
"""What Ctrl-D sends at a terminal."""


class ChannelOutput:
    """Implements Output. With `terminal`, lines end as a raw terminal wants them."""

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes], *, terminal: bool) -> None:
        self._channel = channel
        self._terminal = terminal
        self._typed = bytearray()
        self._ended = False
        self._reads_file = False
        self._arrived = asyncio.Event()
        self._free = asyncio.Event()
        self._free.set()
        self._closed = False

    def feed(self, data: bytes) -> None:
        """Take what the client sent; more is not asked of it before a command reads."""
        self._typed += data
        if len(self._typed) >= 2 * LONGEST_LINE and not self._reads_file:
            self._channel.pause_reading()
        if self._terminal and END_OF_INPUT in data:
            self._ended = True
        self._arrived.set()

    def end_input(self) -> None:
        self._ended = True
        self._arrived.set()

    def hold(self) -> None:
        """The client does not read: wait before more is written."""
        self._free.clear()

    def go_on(self) -> None:
        self._free.set()

    def close(self) -> None:
        """Nobody is there any more."""
        self._closed = True
        self._free.set()
        self.end_input()

    async def data(self, text: str) -> None:
        self._write(text, None)
        await self._free.wait()
        if self._closed:
            raise OutputClosed

    async def message(self, text: str) -> None:
        self._write(f"{text}\n", asyncssh.EXTENDED_DATA_STDERR)

    async def read_line(self, prompt: str) -> str | None:
        if self._terminal:
            self._write(prompt, asyncssh.EXTENDED_DATA_STDERR)
        while True:
            end = self._typed.find(b"\r" if self._terminal else b"\n")
            if end >= 0:
                line = bytes(self._typed[:end]).removesuffix(b"\r")
                del self._typed[: end + 1]
                if self._terminal:
                    self._write("\n", asyncssh.EXTENDED_DATA_STDERR)
                return line.decode("utf-8", "replace")
            if self._ended or len(self._typed) > LONGEST_LINE:
                line = bytes(self._typed)
                self._typed.clear()
                return line.decode("utf-8", "replace") if line else None
            self._arrived.clear()
            await self._arrived.wait()

    async def read_bytes(self, most: int) -> bytes:
        self._reads_file = True
        self._channel.resume_reading()
        while not self._ended and len(self._typed) < most:
            self._arrived.clear()
            await self._arrived.wait()
        if self._closed:
            raise OutputClosed
        self._reads_file = False
        if not self._ended:
            self._channel.pause_reading()
        file = bytes(self._typed[:most])
        del self._typed[:most]
        if self._terminal and END_OF_INPUT in file:
            self._typed.clear()
            return file.partition(END_OF_INPUT)[0]
        return file

    def _write(self, text: str, kind: int | None) -> None:
        if self._closed or self._channel.is_closing():
            raise OutputClosed
        if self._terminal:
            text = text.replace("\n", "\r\n")
        self._channel.write(text.encode("utf-8", "replace"), kind)
