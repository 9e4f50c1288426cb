"""Energy by the days of the station's zone, for a chart."""

from __future__ import annotations

import bisect
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from core.cdrs import finding
from core.errors import Invalid
from core.values.records import RecordDay, RecordQuery

USUAL_DAYS = 30
MOST_DAYS = 366


def days_of(query: RecordQuery, zone: ZoneInfo, now: datetime) -> Sequence[date]:
    """The days that `since` and `until` of a query touch; without `since` thirty, without `until` up to now.

    Raises Invalid for more than 366.
    """
    try:
        first, last = _first_and_last(query, zone, now)
    except OverflowError:
        raise Invalid("There is no such day.") from None
    count = max((last - first).days + 1, 1)
    if count > MOST_DAYS:
        raise Invalid("Ask for at most {most} days at once, got {got}", most=MOST_DAYS, got=count)
    return [first + timedelta(days=number) for number in range(count)]


def _first_and_last(query: RecordQuery, zone: ZoneInfo, now: datetime) -> tuple[date, date]:
    last = (now if query.until is None else query.until - timedelta(microseconds=1)).astimezone(zone).date()
    if query.since is None:
        return last - timedelta(days=USUAL_DAYS - 1), last
    return query.since.astimezone(zone).date(), last


def energy_by_day(
    link: sqlite3.Connection, query: RecordQuery, days: Sequence[date], zone: ZoneInfo
) -> tuple[RecordDay, ...]:
    """What began to charge on each of the days, of what the query selects."""
    begins = [_begin_of(day, zone) for day in (*days, days[-1] + timedelta(days=1))]
    since = begins[0] if query.since is None else max(begins[0], query.since.timestamp())
    until = begins[-1] if query.until is None else min(begins[-1], query.until.timestamp())
    bounded = msgspec.structs.replace(query, since=_moment(since), until=_moment(until))
    sums = [[0, 0, 0] for _ in days]
    for started, energy_wh, duration_s in finding.amounts(link, bounded):
        of_day = sums[bisect.bisect_right(begins, started) - 1]
        of_day[0] += 1
        of_day[1] += energy_wh
        of_day[2] += duration_s
    return tuple(
        RecordDay(day=day, count=count, energy_kwh=energy_wh / 1000, duration_s=duration_s)
        for day, (count, energy_wh, duration_s) in zip(days, sums, strict=True)
    )


def _begin_of(day: date, zone: ZoneInfo) -> float:
    """The moment at which a day begins there, in s."""
    return datetime.combine(day, time(), zone).timestamp()


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
