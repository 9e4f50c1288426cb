"""Judges the feedback of a contactor that the board works by itself."""

from __future__ import annotations

SETTLED_SECONDS = 10.0
"""s; a vehicle has 3 s to end its draw when the pilot asks it to, and a board waits for it."""


class Feedback:
    """Feedback counts as soon as it agrees, or has disagreed for so long that it will not agree any more."""

    def __init__(self) -> None:
        self._wrong_since: float | None = None

    def judged(self, closed: bool | None, *, told: bool, at: float) -> bool | None:
        """The state of the contactor, None while it is unknown or on its way; `at` in s, never going back."""
        if closed is None or closed == told:
            self._wrong_since = None
            return closed
        if self._wrong_since is None:
            self._wrong_since = at
        return closed if at - self._wrong_since >= SETTLED_SECONDS else None
