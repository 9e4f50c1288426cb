"""The station's control tick: on time without drift, and measured."""

from __future__ import annotations

import asyncio
import bisect
import time
from collections.abc import Awaitable, Callable

BOUNDS_MS = (0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 50, 75, 100, 200, 500, 1_000, 5_000)


class Lateness:
    """How late ticks came, in a histogram (ms); `missed` counts those left out because one took too long."""

    def __init__(self) -> None:
        self._counts = [0] * (len(BOUNDS_MS) + 1)
        self.worst_ms = 0.0
        self.missed = 0

    def add(self, late_ms: float) -> None:
        self._counts[bisect.bisect_left(BOUNDS_MS, late_ms)] += 1
        self.worst_ms = max(self.worst_ms, late_ms)

    @property
    def count(self) -> int:
        return sum(self._counts)

    def below_which(self, share: float) -> float:
        """Return the bound in ms below which this share (0..1) of the ticks came; the worst at the end."""
        wanted, seen = share * self.count, 0
        for bound, count in zip((*BOUNDS_MS, self.worst_ms), self._counts, strict=True):
            seen += count
            if seen >= wanted:
                return min(float(bound), self.worst_ms)
        return self.worst_ms

    def taken(self) -> dict[str, float]:
        """Return the figures since this was last asked, and begin anew."""
        figures = self.figures()
        self._counts = [0] * len(self._counts)
        self.worst_ms, self.missed = 0.0, 0
        return figures

    def figures(self) -> dict[str, float]:
        """Return what the benchmark `isolation` reads."""
        return {
            "ticks": self.count,
            "missed": self.missed,
            "p50_ms": self.below_which(0.5),
            "p99_ms": self.below_which(0.99),
            "worst_ms": round(self.worst_ms, 3),
        }


async def run_ticks(
    act: Callable[[], Awaitable[None]],
    lateness: Lateness,
    *,
    period: float = 1.0,
    elapsed: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Call `act` every `period` seconds of `elapsed`, counted from now; none is made up for."""
    due = elapsed() + period
    while True:
        await sleep(max(0.0, due - elapsed()))
        lateness.add(max(0.0, elapsed() - due) * 1000)
        await act()
        due += period
        behind = int((elapsed() - due) // period) + 1
        if behind > 0:
            lateness.missed += behind
            due += behind * period
