"""Whether the building's management lives: its life bit, and what holds while that is missing."""

from __future__ import annotations

LIFE_SECONDS = 60.0
"""s; so long after the last life bit the station falls back."""

GONE, ALIVE, ENDS = 0, 1, 2
"""What a client may write into the life bit: nothing, that it lives, that it gives control back."""


class Life:
    """Elapsed times in s. `is_expected`: a client has shown a life bit and not given control back."""

    def __init__(self, *, expected: bool, at: float) -> None:
        self.is_expected = expected
        self.is_degraded = expected
        """After a restart of the station nobody knows whether the client is still there."""
        self.bit = GONE
        self._seen_at = at

    def write(self, value: int, at: float) -> None:
        """Take what a client wrote: `ALIVE` or `ENDS`; `GONE` says nothing."""
        if value == ENDS:
            self.is_expected = self.is_degraded = False
            self.bit = GONE
        elif value == ALIVE:
            self.is_expected, self.is_degraded = True, False
            self.bit = ALIVE
            self._seen_at = at

    def tick(self, at: float) -> None:
        """Clear the bit, so that the client sees that the station lives too, and notice a silence."""
        self.bit = GONE
        if self.is_expected and at - self._seen_at >= LIFE_SECONDS:
            self.is_degraded = True
