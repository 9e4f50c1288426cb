"""Waits that the station's clock ends, tick by tick, so that tests can turn them by hand."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from core.clock import Clock

T = TypeVar("T")


class Waits:
    """Whoever waits for a moment; `tick` must be called often."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[asyncio.Future[None], float] = {}

    def tick(self) -> None:
        """End the waits whose moment has come."""
        now = self._clock.elapsed()
        for waiting, moment in tuple(self._waiting.items()):
            if moment <= now and not waiting.done():
                waiting.set_result(None)

    async def sleep(self, seconds: float) -> None:
        """Wait for station seconds."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[waiting] = self._clock.elapsed() + seconds
        try:
            await waiting
        finally:
            del self._waiting[waiting]

    async def within(self, seconds: float, awaited: asyncio.Future[T]) -> T:
        """What comes of `awaited` within station seconds. Raises TimeoutError."""
        limit = asyncio.ensure_future(self.sleep(seconds))
        try:
            await asyncio.wait((limit, awaited), return_when=asyncio.FIRST_COMPLETED)
        finally:
            limit.cancel()
        if not awaited.done():
            raise TimeoutError
        return awaited.result()
