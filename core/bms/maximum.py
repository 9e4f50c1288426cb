"""The maximum current that the building allows a charge point."""

from __future__ import annotations

LOWEST, HIGHEST = 6, 32
"""A; what register 301 takes besides 0."""


def may_be_maximum(value: int) -> bool:
    """0 A holds charges back; less than 6 A cannot be offered (IEC 61851-1)."""
    return value == 0 or LOWEST <= value <= HIGHEST


def nearest_below(current: int) -> int:
    """A current of the settings, A, as register 301 can say it."""
    return 0 if current < LOWEST else min(current, HIGHEST)
