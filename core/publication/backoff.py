"""How long to wait before a parcel that failed is sent again."""

from __future__ import annotations

PAUSES = (60.0, 120.0, 300.0, 900.0, 1800.0)
"""s after the first, second, ... failure."""

LONGEST = 3600.0


def pause(tries: int) -> float:
    """Seconds until the next try after so many failures (1 or more)."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else LONGEST
