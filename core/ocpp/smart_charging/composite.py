"""The composite schedule: what all profiles together allow from now on (OCPP 1.6, 5.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from core.ocpp.smart_charging.profiles import MOST_PERIODS

LONGEST_SECONDS = 7 * 24 * 3600


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """From `start` s after the beginning on: at most `limit` A per phase."""

    start: int
    limit: float


class Composite(msgspec.Struct, frozen=True, kw_only=True):
    """`duration` s, which may be less than was asked for where there are too many stretches."""

    duration: int
    stretches: tuple[Stretch, ...]


def composite(
    now: datetime,
    seconds: int,
    limit_at: Callable[[datetime], float],
    change_after: Callable[[datetime], datetime | None],
) -> Composite:
    """Walk from change to change through `seconds`; neighbours with the same limit become one stretch.

    Changes come at whole seconds after `now`.
    """
    seconds = min(seconds, LONGEST_SECONDS)
    end = now + timedelta(seconds=seconds)
    stretches: list[Stretch] = []
    moment = now
    while moment < end:
        limit, start = limit_at(moment), int((moment - now).total_seconds())
        if not stretches or stretches[-1].limit != limit:
            if len(stretches) == MOST_PERIODS:
                return Composite(duration=start, stretches=tuple(stretches))
            stretches.append(Stretch(start=start, limit=limit))
        coming = change_after(moment)
        if coming is None:
            break
        moment = coming
    return Composite(duration=seconds, stretches=tuple(stretches))
