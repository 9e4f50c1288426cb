"""How long to wait before a time server is asked again."""

from __future__ import annotations

EVERY = 1024.0
"""s between rounds that succeed."""

PAUSES = (16.0, 32.0, 64.0, 128.0, 256.0, 512.0)
"""s after the first, second, ... round that failed."""

LEFT_ALONE = 3600.0
"""s after a server has asked to be left alone."""


def pause(failures: int, *, kiss: str = "") -> float:
    """Seconds until the next round after so many failures in a row (0: it succeeded)."""
    if kiss:
        return LEFT_ALONE
    if failures == 0:
        return EVERY
    return PAUSES[failures - 1] if failures <= len(PAUSES) else EVERY
