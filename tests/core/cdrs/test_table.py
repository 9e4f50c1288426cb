"""The table of charge records: numbers without gaps, pages, and finding."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from core.cdrs import finding, open_sessions, table
from core.values.records import ChargeRecord, RecordQuery
from tests.core.cdrs.test_csv_file import record

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def link() -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(":memory:")
    link.executescript(table.SCHEMA)
    yield link
    link.close()


def nth(number: int, **changes: object) -> ChargeRecord:
    at = START + timedelta(hours=number)
    return record(
        transaction_id=1000 + number,
        start=at,
        end=at + timedelta(minutes=30),
        energy_kwh=number / 1000,
        **changes,
    )


def filled(link: sqlite3.Connection, count: int) -> None:
    for number in range(1, count + 1):
        odd = bool(number % 2)
        table.append(link, nth(number, uid="AAAA01" if odd else "BBBB02", comment="Anna" if odd else "Émile"))


def numbers(link: sqlite3.Connection, query: RecordQuery) -> list[int]:
    return [each.number for each in finding.page(link, query).records]


def test_a_record_comes_back_as_it_was_under_the_next_number(link: sqlite3.Connection) -> None:
    stored = table.append(link, nth(1))
    assert stored == msgspec.structs.replace(nth(1), number=1)
    assert table.one(link, 1) == stored
    assert table.append(link, nth(2)).number == 2


def test_a_record_that_is_stored_twice_is_there_once(link: sqlite3.Connection) -> None:
    first = table.append(link, nth(1))
    assert table.append(link, nth(1)) == first
    assert table.last_number(link) == 1


def test_an_unknown_number_is_nothing(link: sqlite3.Connection) -> None:
    assert table.one(link, 5) is None


def test_pages_go_from_the_newest_back(link: sqlite3.Connection) -> None:
    filled(link, 10)
    assert numbers(link, RecordQuery(last=3)) == [10, 9, 8]
    assert numbers(link, RecordQuery(last=3, after=8)) == [7, 6, 5]
    page = finding.page(link, RecordQuery(last=3, after=8))
    assert (page.found, page.total) == (10, 10)


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("aaaa", [9, 7, 5, 3, 1]),
        ("émi", [10, 8, 6, 4, 2]),
        ("ÉMILE", [10, 8, 6, 4, 2]),
        ("7", [7]),
        ("1004", [4]),
        ("02", [10, 8, 6, 4, 2]),
        ("%", []),
        ("99999999999999999999999", []),
        (" ", [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_records_are_found_by_badge_comment_number_and_transaction(
    link: sqlite3.Connection, find: str, found: list[int]
) -> None:
    filled(link, 10)
    assert numbers(link, RecordQuery(find=find)) == found
    assert finding.page(link, RecordQuery(find=find, last=1)).found == len(found)


@pytest.mark.parametrize(("kind", "phases"), [("AC_THREE_PHASE", 3), ("AC_SINGLE_PHASE", 1)])
def test_phases_that_nobody_has_told_follow_from_the_type_of_charge(
    link: sqlite3.Connection, kind: str, phases: int
) -> None:
    assert table.append(link, nth(1, charge_type=kind, phases=0)).phases == phases
    stored = table.one(link, 1)
    assert stored is not None
    assert stored.phases == phases


def test_the_start_time_bounds_what_is_found(link: sqlite3.Connection) -> None:
    filled(link, 10)
    query = RecordQuery(since=START + timedelta(hours=3), until=START + timedelta(hours=6))
    assert numbers(link, query) == [5, 4, 3]
    assert finding.count(link, query) == 3


def test_an_empty_table_has_an_empty_page(link: sqlite3.Connection) -> None:
    page = finding.page(link, RecordQuery())
    assert (page.records, page.found, page.total) == ((), 0, 0)


def test_the_meter_of_a_socket_goes_on_where_it_stood(link: sqlite3.Connection) -> None:
    table.append(link, nth(1, socket=1, meter_stop_wh=500))
    table.append(link, nth(2, socket=2, meter_stop_wh=900))
    assert (table.meter_of(link, 1), table.meter_of(link, 2), table.meter_of(link, 3)) == (500, 900, 0)


def test_an_open_session_is_kept_by_its_latest_state_and_dropped(link: sqlite3.Connection) -> None:
    open_sessions.keep(link, nth(2))
    open_sessions.keep(link, nth(1))
    later = nth(1, duration_s=99)
    open_sessions.keep(link, later)
    assert open_sessions.left_open(link) == [later, nth(2)]
    open_sessions.drop(link, later)
    assert open_sessions.left_open(link) == [nth(2)]
