"""A wire on an SSH channel: free when the client has taken everything."""

from __future__ import annotations

import asyncio
import fcntl
import socket
import struct
import termios
from collections.abc import Callable

import asyncssh

ON_THEIR_WAY = 4096
"""Bytes that may be unacknowledged on the network while more is written: a slow path is no reason to wait."""
LOOK_AGAIN_S = 0.02


class SshWire:
    """Writes to an SSH channel. `written_out` is to be called when the channel's own buffer got empty."""

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = channel
        self._socket: socket.socket | None = channel.get_extra_info("socket")
        self._written = 0
        self._timer: asyncio.TimerHandle | None = None
        self._when_free: Callable[[], None] = lambda: None

    @property
    def bytes_written(self) -> int:
        return self._written

    def write(self, data: bytes) -> None:
        if self._channel.is_closing():
            return
        self._written += len(data)
        self._channel.write(data)

    def free(self) -> bool:
        """False while the client's window or the network is full; looks again by itself until it is not."""
        if self._channel.is_closing():
            return False
        if self._channel.get_write_buffer_size():
            return False
        if self._on_their_way() > ON_THEIR_WAY:
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(LOOK_AGAIN_S, self._look_again)
            return False
        return True

    def on_free(self, callback: Callable[[], None]) -> None:
        self._when_free = callback

    def written_out(self) -> None:
        if self.free():
            self._when_free()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._channel.close()

    def _look_again(self) -> None:
        self._timer = None
        self.written_out()

    def _on_their_way(self) -> int:
        if self._socket is None:
            return 0
        try:
            answer = fcntl.ioctl(self._socket.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
        except (OSError, ValueError):
            return 0
        return int(struct.unpack("i", answer)[0])
