"""A clock that a test turns, and on which it sees what waits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

GUARD_SECONDS = 20
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


class HandClock:
    """Time passes by `passes` only."""

    def __init__(self) -> None:
        self._at = 1000.0
        self._sleepers: list[tuple[float, float, asyncio.Future[None]]] = []
        self._changed = asyncio.Event()

    def now(self) -> datetime:
        return START + timedelta(seconds=self._at)

    def elapsed(self) -> float:
        return self._at

    async def sleep(self, seconds: float) -> None:
        sleeper = (self._at + seconds, seconds, asyncio.get_running_loop().create_future())
        self._sleepers.append(sleeper)
        self._changed.set()
        try:
            await sleeper[2]
        finally:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)

    def passes(self, seconds: float) -> None:
        """Wake everybody who has slept for long enough."""
        self._at += seconds
        for sleeper in [each for each in self._sleepers if each[0] <= self._at + 1e-9]:
            self._sleepers.remove(sleeper)
            sleeper[2].set_result(None)

    async def is_awaited(self, seconds: float) -> None:
        """Wait until somebody waits for exactly so many seconds."""
        async with asyncio.timeout(GUARD_SECONDS):
            while not any(each[1] == seconds for each in self._sleepers):
                self._changed.clear()
                await self._changed.wait()

    async def passes_when_awaited(self, seconds: float) -> None:
        """Let exactly so many seconds pass as soon as somebody waits for them."""
        await self.is_awaited(seconds)
        self.passes(seconds)

    async def passes_to_the_next(self, unless: frozenset[float] = frozenset()) -> None:
        """Let time pass until the first who waits has waited for long enough.

        It stands still while all that wait do so for seconds of `unless`.
        """
        async with asyncio.timeout(GUARD_SECONDS):
            while not (ends := [each[0] for each in self._sleepers if each[1] not in unless]):
                self._changed.clear()
                await self._changed.wait()
        self.passes(max(0.0, min(ends) - self._at))
