"""How long to wait before a lost device is looked for again."""

from __future__ import annotations

WAITS = (0.5, 1.0, 2.0, 5.0, 10.0)
"""s, longer each time."""

STEADY_SECONDS = 30.0
"""A device that was there for so long is looked for soon again."""


class Patience:
    """Counts how often a device was lost; times are seconds of any clock that never goes back."""

    def __init__(self) -> None:
        self._found_at: float | None = None
        self._failures = 0

    def found(self, at: float) -> None:
        """The device is there."""
        self._found_at = at

    def lost(self, at: float) -> float:
        """Return how many seconds to wait now that it is lost, or still lost."""
        if self._found_at is not None and at - self._found_at >= STEADY_SECONDS:
            self._failures = 0
        self._found_at = None
        wait = WAITS[min(self._failures, len(WAITS) - 1)]
        self._failures += 1
        return wait
