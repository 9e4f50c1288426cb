"""Every period once and every record once, in zones and at times where 0:01 is odd."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.cdrs import table as cdrs
from core.publication import table
from core.publication.due import look
from core.publication.periods import Frequency, period_name
from core.publication.table import Form
from tests.core.publication.records import record

CHANGES = {
    "America/Sao_Paulo": (date(2017, 10, 15), date(2018, 2, 18)),
    "Asia/Beirut": (date(2024, 3, 31), date(2024, 10, 27)),
    "Africa/Cairo": (date(2024, 4, 26), date(2024, 11, 1)),
    "Atlantic/Azores": (date(2024, 3, 31), date(2024, 10, 27)),
    "America/Havana": (date(2024, 3, 10), date(2024, 11, 3)),
    "Australia/Lord_Howe": (date(2024, 10, 6), date(2024, 4, 7)),
    "Pacific/Apia": (date(2010, 9, 26), date(2011, 12, 30)),
    "Europe/Paris": (date(2024, 3, 31), date(2024, 10, 27)),
}
"""The days on which the clocks change; at Sao Paulo, Beirut, Cairo, the Azores and Havana about 0:01.

Apia left a whole day out in December 2011.
"""
FREQUENCIES: dict[Frequency, tuple[timedelta, timedelta]] = {
    "daily": (timedelta(minutes=30), timedelta(days=3)),
    "weekly": (timedelta(hours=3, minutes=1), timedelta(days=10)),
    "monthly": (timedelta(hours=9, minutes=1), timedelta(days=40)),
}
"""How often the clock is looked at, and for how long before and after the change."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = {"none": timedelta(0), "+1 h": HOUR, "-1 h": -HOUR, "+1 day": DAY, "-1 day": -DAY}
FORM = Form(zone="UTC", field_separator="semicolon", decimal_separator="comma")


class House:
    """A station's memory, its clock, and a car that charges between two looks."""

    def __init__(self, frequency: Frequency, zone: str) -> None:
        self.link = sqlite3.connect(":memory:")
        self.link.executescript(cdrs.SCHEMA + table.SCHEMA)
        self.frequency = frequency
        self.zone = ZoneInfo(zone)
        self.published: list[date] = []

    def look_at(self, now: datetime) -> None:
        cdrs.append(self.link, record(cdrs.last_number(self.link) + 1))
        due, done = look(table.done(self.link), self.frequency, now, self.zone)
        table.keep_done(self.link, done)
        if due is not None:
            self.published.append(due)
            table.pack(self.link, "S1", period_name(self.frequency, due, self.zone), FORM)

    def numbers(self) -> list[int]:
        rows = self.link.execute("SELECT first, last FROM parcels ORDER BY id")
        return [number for first, last in rows for number in range(first, last + 1)]


def times(begin: datetime, end: datetime, pace: timedelta) -> Iterator[datetime]:
    while begin < end:
        yield begin
        begin += pace


def last_day_before(frequency: Frequency, day: date) -> date:
    """The first day of the week or month of `day`, or the day itself: when its last period has ended."""
    if frequency == "weekly":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if frequency == "monthly" else day


def ended(house: House, seen: list[datetime]) -> list[date]:
    """At the beginning of which days periods ended, as a calendar and the readings of the clock say."""
    a_minute_before = [(now - timedelta(minutes=1)).astimezone(house.zone).date() for now in seen]
    ends = [last_day_before(house.frequency, day) for day in a_minute_before]
    return sorted({end for end in ends if end > ends[0]})


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize("change", [0, 1], ids=["first change", "second change"])
def test_each_period_and_each_record_is_published_once(frequency: Frequency, zone: str, change: int) -> None:
    pace, around = FREQUENCIES[frequency]
    day = datetime.combine(CHANGES[zone][change], datetime.min.time(), tzinfo=UTC)
    for step in STEPS.values():
        house = House(frequency, zone)
        walk = list(times(day - around, day, pace))
        walk += times(walk[-1] + pace + step, day + around, pace)
        for now in walk:
            house.look_at(now)
        assert house.published == ended(house, walk), step
        assert len(set(house.published)) == len(house.published) > 0
        packed = house.numbers()
        assert packed == list(range(1, len(packed) + 1))
        house.look_at(walk[-1] + 2 * around)
        assert house.numbers() == list(range(1, len(walk) + 2))


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("zone", CHANGES)
def test_a_clock_that_is_set_from_2000_to_2026_publishes_what_it_missed_at_once_and_goes_on(
    frequency: Frequency, zone: str
) -> None:
    pace, around = FREQUENCIES[frequency]
    house = House(frequency, zone)
    old, new = datetime(2000, 1, 1, 0, 3, tzinfo=UTC), datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    early = list(times(old, old + around, pace))
    late = list(times(new, new + around, pace))
    for now in (*early, *late):
        house.look_at(now)
    assert house.published == ended(house, [*early, *late])
    assert last_day_before(frequency, new.date()) in house.published
    assert house.numbers()[: len(early) + 1] == list(range(1, len(early) + 2))


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_a_station_that_wakes_in_2000_again_and_again_repeats_no_period_of_its_own_time(
    frequency: Frequency,
) -> None:
    pace, around = FREQUENCIES[frequency]
    house, now = House(frequency, "Europe/Paris"), datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    seen = list(times(now, now + around, pace))
    for moment in seen:
        house.look_at(moment)
    before = list(house.published)
    for _ in range(3):
        house.look_at(datetime(2000, 1, 1, tzinfo=UTC))
        house.look_at(seen[-1])
    assert house.published == before


def test_a_clock_that_is_set_back_by_two_days_repeats_no_period() -> None:
    house = House("daily", "Europe/Paris")
    begin, two_days = datetime(2026, 3, 18, 12, 0, tzinfo=UTC), timedelta(days=2)
    walk = [*times(begin, begin + two_days, HOUR), *times(begin, begin + 2 * two_days, HOUR)]
    for now in walk:
        house.look_at(now)
    assert house.published == ended(house, walk)


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("back", [3 * DAY, 400 * DAY])
def test_a_clock_that_is_set_back_for_an_hour_and_forward_again_repeats_and_loses_nothing(
    frequency: Frequency, back: timedelta
) -> None:
    pace, around = FREQUENCIES[frequency]
    house, begin = House(frequency, "Europe/Paris"), datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    noticed = begin + around
    wrong = [noticed - back, noticed - back + HOUR]
    right = [*times(begin, noticed, pace), *times(noticed, noticed + around, pace)]
    for now in (*times(begin, noticed, pace), *wrong, *times(noticed, noticed + around, pace)):
        house.look_at(now)
    assert house.published == ended(house, right)
    house.look_at(noticed + 2 * around)
    assert house.numbers() == list(range(1, len(right) + len(wrong) + 2))


def test_a_station_whose_clock_stays_wrong_goes_on_publishing() -> None:
    house = House("daily", "Europe/Paris")
    house.look_at(datetime(2026, 3, 18, 9, 0, tzinfo=UTC))
    for now in times(datetime(2000, 1, 1, 9, 0, tzinfo=UTC), datetime(2000, 1, 4, 9, 0, tzinfo=UTC), HOUR):
        house.look_at(now)
    assert house.published == [date(2000, 1, 2), date(2000, 1, 3), date(2000, 1, 4)]
