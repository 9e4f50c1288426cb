"""Energy by the days of the station's zone, over clock changes too."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from core.cdrs import table
from core.cdrs.days import days_of, energy_by_day
from core.errors import Invalid
from core.values.records import RecordQuery
from tests.core.cdrs.test_csv_file import record

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def link() -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(":memory:")
    link.executescript(table.SCHEMA)
    yield link
    link.close()


def local(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO, fold=fold).astimezone(UTC)


def store(link: sqlite3.Connection, *starts: datetime) -> None:
    for number, start in enumerate(starts, table.last_number(link) + 1):
        table.append(link, record(transaction_id=number, start=start, energy_kwh=1.5, socket=1 + number % 2))


def by_day(link: sqlite3.Connection, query: RecordQuery, zone: ZoneInfo = OSLO) -> dict[date, int]:
    return {each.day: each.count for each in energy_by_day(link, query, days_of(query, zone, NOW), zone)}


def test_a_day_is_one_of_the_stations_zone(link: sqlite3.Connection) -> None:
    store(link, local("2026-03-10 00:00"), local("2026-03-10 23:59"), local("2026-03-11 00:00"))
    query = RecordQuery(since=local("2026-03-09"), until=local("2026-03-12"))
    assert list(by_day(link, query).values()) == [0, 2, 1]
    (day,) = energy_by_day(link, query, [date(2026, 3, 10)], OSLO)
    assert (day.energy_kwh, day.duration_s) == (3.0, 2 * 7506)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
def test_the_days_of_both_clock_changes_have_their_own_length(
    link: sqlite3.Connection, day: str, hours: int
) -> None:
    begin = local(day)
    store(link, *(begin + timedelta(hours=hour) for hour in range(-1, hours + 1)))
    query = RecordQuery(since=begin - timedelta(hours=1), until=begin + timedelta(hours=hours + 1))
    assert list(by_day(link, query).values()) == [1, hours, 1]


def test_a_day_whose_midnight_is_left_out_begins_with_its_first_moment(link: sqlite3.Connection) -> None:
    zone = ZoneInfo("America/Santiago")
    begin = datetime(2026, 9, 6, 4, 0, tzinfo=UTC)
    store(link, begin - timedelta(seconds=1), begin)
    query = RecordQuery(since=begin - timedelta(days=1), until=begin + timedelta(days=1))
    found = by_day(link, query, zone)
    assert (found[date(2026, 9, 5)], found[date(2026, 9, 6)]) == (1, 1)


def test_without_a_period_it_is_the_last_thirty_days() -> None:
    days = days_of(RecordQuery(), OSLO, NOW)
    assert (len(days), days[0], days[-1]) == (30, date(2026, 3, 3), date(2026, 4, 1))
    until = days_of(RecordQuery(until=local("2026-02-01")), OSLO, NOW)
    assert (len(until), until[-1]) == (30, date(2026, 1, 31))


def test_what_begins_outside_the_period_is_not_counted_on_its_day(link: sqlite3.Connection) -> None:
    store(link, local("2026-03-10 07:00"), local("2026-03-10 09:00"))
    query = RecordQuery(since=local("2026-03-10 08:00"), until=local("2026-03-10 10:00"))
    assert list(by_day(link, query).values()) == [1]


def test_days_are_filtered_as_records_are(link: sqlite3.Connection) -> None:
    store(link, *(local("2026-03-10 07:00") + timedelta(hours=hour) for hour in range(5)))
    day = RecordQuery(since=local("2026-03-10"), until=local("2026-03-11"))
    assert list(by_day(link, replace(day, point=2)).values()) == [3]
    assert list(by_day(link, replace(day, badge="none")).values()) == [0]
    assert list(by_day(link, replace(day, find="3")).values()) == [1]


def test_more_than_a_year_is_refused() -> None:
    with pytest.raises(Invalid, match="366 days"):
        days_of(RecordQuery(since=NOW - timedelta(days=366), until=NOW), OSLO, NOW)
    with pytest.raises(Invalid, match="no such day"):
        days_of(RecordQuery(since=datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo"))), OSLO, NOW)
