"""When the values of a charge are to be noted for the supervision."""

from __future__ import annotations

import math
from datetime import datetime

import msgspec

ROUNDING = 0.001
"""s; a moment so little before it is due is the due one itself."""


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """Every `interval_s` s of a charge, and at every multiple of `aligned_s` of the day in UTC; 0: never."""

    interval_s: int = 0
    aligned_s: int = 0


class Supervision(msgspec.Struct, frozen=True, kw_only=True):
    """What the supervision has configured of charging; the defaults hold without one.

    `plug_within_s`: so long a vehicle is waited for after leave was given. `stop_on_invalid`: a charge ends
    when its badge turns out to be refused, else only its current is held back; before either it may still
    take `energy_on_invalid_wh`. `remembers`: what was said of badges counts until it is said anew.
    `decides_alone`: that, and a list of badges, lets them charge while the link is lost.
    """

    sampling: Sampling = Sampling()
    plug_within_s: float = 60.0
    stop_on_invalid: bool = True
    energy_on_invalid_wh: int = 0
    remembers: bool = True
    decides_alone: bool = True


def next_periodic(began: float, interval_s: int, at: float) -> float | None:
    """The elapsed moment after `at` when a charge that `began` then is due for its next sample."""
    if interval_s <= 0:
        return None
    return began + interval_s * (math.floor((at - began + ROUNDING) / interval_s) + 1)


def next_aligned(wall: datetime, aligned_s: int, at: float) -> float | None:
    """The elapsed moment after `at`, when the wall clock shows `wall`, of the next multiple of the day."""
    if aligned_s <= 0:
        return None
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (wall - midnight).total_seconds()
    due = min(aligned_s * (math.floor((passed + ROUNDING) / aligned_s) + 1), 86_400)
    return at + due - passed
