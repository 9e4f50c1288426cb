"""The device's end of a serial line: a pseudo-terminal that can be pulled out and put back."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import pty
import tty
from collections import deque
from collections.abc import Callable
from pathlib import Path


class LineEnd:
    """A line whose other end the station opens at `path`, a link that stays the same.

    `at_once` bytes are sent at a time; the station may read in between.
    """

    def __init__(self, path: Path, *, at_once: int = 4096) -> None:
        self.path = path
        self.at_once = at_once
        self.on_received: Callable[[bytes], None] = lambda _: None
        self._waiting: deque[bytes] = deque()
        self._master = -1
        self._slave = -1

    @property
    def is_in(self) -> bool:
        return self._master >= 0

    def put_in(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.path.symlink_to(os.ttyname(self._slave))
        asyncio.get_running_loop().add_reader(self._master, self._read)

    def pull_out(self) -> None:
        if self.is_in:
            asyncio.get_running_loop().remove_reader(self._master)
            self.path.unlink()
            os.close(self._master)
            os.close(self._slave)
            self._master = -1
            self._waiting.clear()

    def send(self, sent: bytes) -> None:
        """Send behind what is waiting; nothing goes out while the line is pulled out."""
        idle = not self._waiting
        self._waiting.extend(sent[at : at + self.at_once] for at in range(0, len(sent), self.at_once))
        if idle:
            self._send_on()

    def drop_received(self) -> None:
        """Let go what the station sent and nobody has read."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._master, 4096):
                pass

    def _send_on(self) -> None:
        if self._waiting and self.is_in:
            os.write(self._master, self._waiting.popleft())
            if self._waiting:
                asyncio.get_running_loop().call_soon(self._send_on)

    def _read(self) -> None:
        try:
            received = os.read(self._master, 4096)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            received = b""
        if received:
            self.on_received(received)
