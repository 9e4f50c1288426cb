"""The consoles that are open, and the ones that are kept ready for whoever comes next."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from pathlib import Path

from console.garbage import GarbageCollection
from console.seat import Seat

log = logging.getLogger(__name__)

KEPT_READY = 2
REST_BEFORE_REFILL_S = 1.0
"""Whoever has just connected draws first; the next app is made after it."""
COLLECT_EVERY_S = 60.0


class Sessions:
    """A store of started apps. Taking one is instant while some are `ready`; otherwise one is started.

    `open` are those with somebody in front of them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ready: deque[Seat] = deque()
        self.open: set[Seat] = set()
        self._refilling: asyncio.Task[None] | None = None
        self._collecting: asyncio.Task[None] | None = None
        self._garbage = GarbageCollection()

    async def warm_up(self) -> None:
        """Fill the store; then keep the long-lived objects out of every later collection."""
        await self._fill()
        self._garbage.begin()
        self._collecting = asyncio.create_task(self._collect_when_idle(), name="collect garbage")

    def take(self) -> Seat:
        """An app for somebody who is there now."""
        seat = self.ready.popleft() if self.ready else Seat()
        self.open.add(seat)
        seat.task.add_done_callback(lambda _: self._left(seat))
        if self._refilling is None or self._refilling.done():
            self._refilling = asyncio.create_task(self._refill(), name="refill apps")
        return seat

    def _left(self, seat: Seat) -> None:
        self.open.discard(seat)
        self._garbage.ended += 1

    async def close(self) -> None:
        """End every console."""
        for task in (self._refilling, self._collecting):
            if task is not None:
                task.cancel()
        seats = [*self.ready, *self.open]
        for seat in seats:
            seat.hang_up()
        await asyncio.gather(*(seat.task for seat in seats), return_exceptions=True)
        self._garbage.end()

    async def _refill(self) -> None:
        await asyncio.sleep(REST_BEFORE_REFILL_S)
        await self._fill()

    async def _fill(self) -> None:
        """Start apps until enough are ready; one that cannot be started is tried again for the next guest."""
        while len(self.ready) < KEPT_READY:
            seat = Seat()
            if not await seat.is_warm():
                log.error("an app could not be started")
                return
            self.ready.append(seat)

    async def _collect_when_idle(self) -> None:
        while True:
            await asyncio.sleep(COLLECT_EVERY_S)
            self._garbage.collect_all(idle=not self.open)
