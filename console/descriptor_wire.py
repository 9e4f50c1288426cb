"""A wire on a terminal device of this machine: its own terminal, or a serial line at its pace."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Callable

from console.line_clock import LineClock

LAG_S = 0.1
"""How much of a serial line's time may wait in the kernel; more would make keys feel late."""
SHORTEST_PAUSE_S = 0.005
LARGEST_BUFFER = 1_000_000


class DescriptorWire:
    """Writes to a non-blocking descriptor; with `baud` never faster than the line.

    `lost` is called once when the device is gone. The descriptor is not closed here.
    """

    def __init__(self, descriptor: int, *, lost: Callable[[], None], baud: int | None = None) -> None:
        self._descriptor = descriptor
        self._clock = None if baud is None else LineClock(baud)
        self._lost = lost
        self._waiting = bytearray()
        self._written = 0
        self._closed = False
        self._timer: asyncio.TimerHandle | None = None
        self._blocked = False
        self._empty = asyncio.Event()
        self._when_free: Callable[[], None] = lambda: None
        self._loop = asyncio.get_running_loop()

    @property
    def bytes_written(self) -> int:
        return self._written

    def write(self, data: bytes) -> None:
        if self._closed or len(self._waiting) > LARGEST_BUFFER:
            return
        self._written += len(data)
        self._waiting += data
        if self._timer is None and not self._blocked:
            self._send()

    def free(self) -> bool:
        return not self._waiting and self._backlog() <= LAG_S / 2

    def on_free(self, callback: Callable[[], None]) -> None:
        self._when_free = callback

    def close(self) -> None:
        """Write nothing more; what waits is dropped."""
        self._closed = True
        self._waiting.clear()
        self._empty.set()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._blocked:
            self._loop.remove_writer(self._descriptor)
            self._blocked = False

    async def drained(self, patience_s: float) -> None:
        """Wait until everything is on its way, at most so long."""
        if self._waiting:
            self._empty.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._empty.wait(), patience_s)

    def _backlog(self) -> float:
        return 0.0 if self._clock is None else self._clock.backlog(time.monotonic())

    def _send(self) -> None:
        self._timer = None
        room = len(self._waiting)
        if self._clock is not None:
            room = min(room, self._clock.room(time.monotonic(), LAG_S))
        try:
            if room:
                count = os.write(self._descriptor, self._waiting[:room])
                del self._waiting[:count]
                if self._clock is not None:
                    self._clock.handed_over(count, time.monotonic())
        except BlockingIOError:
            self._blocked = True
            self._loop.add_writer(self._descriptor, self._unblocked)
            return
        except OSError:
            self.close()
            self._loop.call_soon(self._lost)
            return
        if not self._waiting:
            self._empty.set()
        if self.free():
            self._loop.call_soon(self._free_now)
        else:
            pause = max(SHORTEST_PAUSE_S, min(self._backlog(), LAG_S) / 2)
            self._timer = self._loop.call_later(pause, self._send)

    def _unblocked(self) -> None:
        self._loop.remove_writer(self._descriptor)
        self._blocked = False
        self._send()

    def _free_now(self) -> None:
        if not self._closed and self.free():
            self._when_free()
