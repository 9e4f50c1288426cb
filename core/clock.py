"""Time as the station has it: wall clock for records, elapsed time for durations."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the station asks about time."""

    def now(self) -> datetime:
        """Wall-clock time, aware, in UTC. May step in either direction."""

    def elapsed(self) -> float:
        """Seconds since some fixed moment; never goes back and never steps."""

    async def sleep(self, seconds: float) -> None:
        """Wait for real seconds; the pace of the station's own ticks."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class SimulatedClock:
    """A clock that tests and replays turn: it runs at a factor of real time, or is held and advanced by hand.

    `speed` 0 holds it. Used where the hardware profile says `[clock] driver = "simulated"`.
    """

    def __init__(self, *, start: datetime | None = None, speed: float = 1.0) -> None:
        self._start_elapsed = time.monotonic()
        self._elapsed = 0.0
        self._wall = (start or datetime.now(UTC)).astimezone(UTC)
        self._speed = speed

    def _catch_up(self) -> None:
        real = time.monotonic()
        passed = (real - self._start_elapsed) * self._speed
        self._start_elapsed = real
        self._elapsed += passed
        self._wall += timedelta(seconds=passed)

    @property
    def speed(self) -> float:
        return self._speed

    def now(self) -> datetime:
        self._catch_up()
        return self._wall

    def elapsed(self) -> float:
        self._catch_up()
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def set_speed(self, factor: float) -> None:
        """Station seconds per real second, 0..; 0 holds the clock."""
        if factor < 0:
            raise ValueError("speed is 0 (held) or more")
        self._catch_up()
        self._speed = factor

    def advance(self, seconds: float) -> None:
        """Let this many seconds pass at once."""
        if seconds < 0:
            raise ValueError("time does not run backwards; use `step` to set the wall clock")
        self._catch_up()
        self._elapsed += seconds
        self._wall += timedelta(seconds=seconds)

    def step(self, to: datetime) -> None:
        """Set the wall clock without any time passing, as a time server does."""
        self._catch_up()
        self._wall = to.astimezone(UTC)
