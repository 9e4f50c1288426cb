"""The moments at which periods end: 0:01 station time after each day, week (Monday to Sunday) or month."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Frequency = Literal["disabled", "daily", "weekly", "monthly"]

MINUTE_PAST = time(0, 1)
MONDAY = 0


def moment(day: date, zone: ZoneInfo) -> datetime:
    """0:01 of that day, in UTC; the first of two.

    Where the clocks leap over it, it is as long after the leap as 0:01 would have been after its start.
    """
    return datetime.combine(day, MINUTE_PAST, tzinfo=zone).astimezone(UTC)


def last_end(frequency: Frequency, now: datetime, zone: ZoneInfo) -> date:
    """The day at whose 0:01 the newest complete period has ended, `now` included."""
    # The clocks of a zone never differ from their usual time by more than a day.
    day = now.astimezone(zone).date() + timedelta(days=2)
    while not (_ends_on(frequency, day) and moment(day, zone) <= now):
        day -= timedelta(days=1)
    return day


def next_end(frequency: Frequency, now: datetime, zone: ZoneInfo) -> date:
    """The day at whose 0:01, after `now`, the running period ends."""
    day = now.astimezone(zone).date() - timedelta(days=2)
    while not (_ends_on(frequency, day) and moment(day, zone) > now):
        day += timedelta(days=1)
    return day


def period_name(frequency: Frequency, end: date, zone: ZoneInfo) -> str:
    """The period that ended on that day, by its last day: `2026-03-01`, `2026-W09` or `2026-02`."""
    last = (moment(end, zone) - timedelta(minutes=2)).astimezone(zone)
    if frequency == "monthly":
        return f"{last:%Y-%m}"
    if frequency == "weekly":
        return f"{last:%G-W%V}"
    return f"{last:%Y-%m-%d}"


def _ends_on(frequency: Frequency, day: date) -> bool:
    if frequency == "weekly":
        return day.weekday() == MONDAY
    return frequency == "daily" or day.day == 1
