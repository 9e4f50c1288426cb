"""Times as text in the station's zone, to the minute, quick for many of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")

FORM = "%Y-%m-%d %H:%M"
DAY = 86_400
MINUTES = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(DAY // 60))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class LocalTimes:
    """Writes moments as `YYYY-MM-DD HH:MM`; remembers of each day how far its zone is from UTC."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._ahead = _Remembered(self._ahead_on)
        self._days = _Remembered(_day_text)

    def text(self, moment: int) -> str:
        """The text of a moment in s since 1970."""
        ahead = self._ahead[moment // DAY]
        if ahead is None:
            return _local(moment, self._zone).strftime(FORM)
        moment += ahead
        return self._days[moment // DAY] + MINUTES[moment % DAY // 60]

    def _ahead_on(self, day: int) -> int | None:
        """How many s the zone is ahead on a UTC day; None where that changes."""
        begin, end = (_ahead_at(day * DAY + seconds, self._zone) for seconds in (0, DAY - 1))
        return begin if begin == end else None


class _Remembered(dict[int, T]):
    def __init__(self, find: Callable[[int], T]) -> None:
        self._find = find

    def __missing__(self, day: int) -> T:
        self[day] = self._find(day)
        return self[day]


def _local(moment: int, zone: ZoneInfo) -> datetime:
    return (EPOCH + timedelta(seconds=moment)).astimezone(zone)


def _ahead_at(moment: int, zone: ZoneInfo) -> int:
    offset = _local(moment, zone).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def _day_text(day: int) -> str:
    return f"{EPOCH + timedelta(days=day):%Y-%m-%d }"
