"""A program on a terminal of its own, seen through a terminal emulator."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from typing import Self

from tests.console.terminal.emulator import EmulatedScreen, EmulatedStream
from tests.dialogues.screen import Screen


class Program(Screen):
    """Runs `command` on a pty of `columns` x `rows`; `output` keeps every byte it printed."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        term: str = "xterm-256color",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._emulator = EmulatedScreen(columns, rows)
        self._stream = EmulatedStream(self._emulator)
        self.output = bytearray()
        self.master, slave = pty.openpty()
        self.resize(columns, rows)
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **(env or {}), "TERM": term},
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()

    def lines(self) -> list[str]:
        return list(self._emulator.display)

    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 0."""
        return self._emulator.cursor.y, self._emulator.cursor.x

    def send(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._emulator.resize(rows, columns)

    def wait_a_little(self, seconds: float) -> None:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            with contextlib.suppress(OSError):  # EIO: the program has ended.
                data = os.read(self.master, 65536)
                self.output += data
                self._stream.feed(data)

    def wait_for_end(self, patience_s: float = 20.0) -> int:
        """Read to the end; give the exit code."""
        while self.process.poll() is None and patience_s > 0:
            self.wait_a_little(0.1)
            patience_s -= 0.1
        self.wait_a_little(0)
        return self.process.wait(timeout=1)

    def hang_up(self) -> None:
        """Close the terminal under the program, as a pulled cable does."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGHUP)
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.master)
