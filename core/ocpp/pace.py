"""How long to wait before the link is tried again: growing, and spread over all of that time."""

from __future__ import annotations

LONGEST = 600.0
"""s"""
SHORTEST = 1.0
"""s; a central system that answers and closes at once is not asked faster."""


def pause(failures: int, first: int, chance: float) -> float:
    """Seconds until the next try after so many failures in a row (1 or more).

    `first`: s, the longest pause after the first failure. `chance`: 0..1, drawn anew each time, so that
    stations that lost their central system together do not come back together.
    """
    longest = min(max(LONGEST, float(first)), first * 2.0 ** min(failures - 1, 30))
    return max(SHORTEST, chance * longest)
