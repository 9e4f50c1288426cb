"""When the clocks of a zone change next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LOOK_AHEAD_DAYS = 400
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def next_change(zone: ZoneInfo, now: datetime) -> datetime | None:
    """The first moment after `now`, within 400 days, at which the zone's offset is another; None for none."""
    begin = now.astimezone(UTC).replace(microsecond=0)
    for _day in range(LOOK_AHEAD_DAYS):
        end = begin + DAY
        if _offset(zone, begin) != _offset(zone, end):
            return _found(zone, begin, end)
        begin = end
    return None


def _found(zone: ZoneInfo, begin: datetime, end: datetime) -> datetime:
    """The first second with the offset of `end`."""
    before = _offset(zone, begin)
    while end - begin > SECOND:
        middle = begin + timedelta(seconds=int((end - begin).total_seconds()) // 2)
        if _offset(zone, middle) == before:
            begin = middle
        else:
            end = middle
    return end


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
