"""A terminal at the technician's end of a serial cable, without a terminal program in between."""

from __future__ import annotations

import contextlib
import os
import select
from typing import Self

import pyte

from tests.console.terminal.emulator import EmulatedScreen, EmulatedStream
from tests.dialogues.screen import Screen


class AnsweringTerminal(EmulatedScreen):
    """Answers what a terminal is asked over the line `fd`, as long as `answers`."""

    def __init__(self, columns: int, rows: int, fd: int) -> None:
        self.fd = fd
        self.answers = True
        super().__init__(columns, rows)

    def write_process_input(self, data: str) -> None:
        if self.answers:
            os.write(self.fd, data.encode())


class AsciiStream(EmulatedStream):
    """A terminal that takes every byte for a character of its own."""

    def __init__(self, screen: pyte.Screen) -> None:
        super().__init__(screen)
        self.use_utf8 = False


class LineTerminal(Screen):
    """A terminal of `columns` x `rows` on the device at `path`; `output` keeps every byte that came."""

    def __init__(
        self, path: str, *, columns: int = 80, rows: int = 24, utf8: bool = True, answers: bool = True
    ) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
        self._emulator = AnsweringTerminal(columns, rows, self._fd)
        self._emulator.answers = answers
        self._stream = (EmulatedStream if utf8 else AsciiStream)(self._emulator)
        self.output = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    @property
    def descriptor(self) -> int:
        """For a program that takes the line over for a while."""
        return self._fd

    def lines(self) -> list[str]:
        return list(self._emulator.display)

    def send(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def wait_a_little(self, seconds: float) -> None:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if ready:
            with contextlib.suppress(OSError):
                data = os.read(self._fd, 65536)
                self.output += data
                self._stream.feed(data)
