"""Noticing that the clock was set: wall clock and elapsed time drift apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

TOLERANCE = 2.0
"""s; less does not matter to anybody who waits for a period to end."""


class Drift:
    """Compares the station's wall clock with seconds that pass for this computer."""

    def __init__(self, now: Callable[[], datetime], passed: Callable[[], float]) -> None:
        self._now = now
        self._passed = passed
        self._offset = self._measured()

    def _measured(self) -> float:
        return self._now().timestamp() - self._passed()

    def stepped(self) -> bool:
        """True when they have drifted apart, in either direction, since this was last True."""
        measured = self._measured()
        if abs(measured - self._offset) <= TOLERANCE:
            return False
        self._offset = measured
        return True
