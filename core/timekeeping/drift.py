"""Noticing that the clock was set: wall clock and elapsed time drift apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

TOLERANCE = 2.0
"""s; less does not matter to anybody who waits for a period to end."""


class Drift:
    """Compares the station's wall clock with seconds that pass."""

    def __init__(self, now: Callable[[], datetime], passed: Callable[[], float]) -> None:
        self._now = now
        self._passed = passed
        self._offset, _doubt = self._measured()

    def _measured(self) -> tuple[float, float]:
        """How far they are apart, and how far a clock that runs fast moved between the two questions."""
        before = self._passed()
        wall = self._now().timestamp()
        return wall - before, self._passed() - before

    def step(self) -> float:
        """The seconds by which the wall clock was set since this last told of it; 0.0 for no step."""
        measured, doubt = self._measured()
        seconds = measured - self._offset
        if abs(seconds) <= TOLERANCE + doubt:
            return 0.0
        self._offset = measured
        return seconds

    def follow(self) -> None:
        """Take the wall clock as it is: whoever set it has told of it."""
        self._offset, _doubt = self._measured()

    def stepped(self) -> bool:
        """True when they have drifted apart, in either direction, since this was last True."""
        return self.step() != 0.0
