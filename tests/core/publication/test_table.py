"""Parcels in the station's memory: their names, their order, how many are remembered."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cdrs import table as cdrs
from core.publication import table
from core.publication.content import parcel_of
from core.publication.table import Form, file_name
from core.publication.transports.making import NAME
from tests.core.publication.records import record
from tests.effort import Effort

FORM = Form(zone="Europe/Paris", field_separator="semicolon", decimal_separator="comma")
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def link() -> Iterator[sqlite3.Connection]:
    memory = sqlite3.connect(":memory:")
    memory.executescript(cdrs.SCHEMA + table.SCHEMA)
    yield memory
    memory.close()


def charge(link: sqlite3.Connection, count: int) -> None:
    for _ in range(count):
        cdrs.append(link, record(cdrs.last_number(link) + 1))


@given(station=st.text(max_size=200), first=st.integers(1, 10**9), count=st.integers(0, 10_000))
def test_every_station_has_names_that_every_server_takes(station: str, first: int, count: int) -> None:
    name = file_name(station, "2026-03-02 12:01", first, first + count)
    assert NAME.fullmatch(name)
    assert name.endswith(f"_2026-03-02-12-01_{first:06d}-{first + count:06d}.csv")


def test_a_parcel_is_the_same_whatever_is_set_and_charged_afterwards(link: sqlite3.Connection) -> None:
    charge(link, 3)
    table.pack(link, "S1", "2026-03-01", FORM)
    fixed = table.waiting(link)
    assert fixed is not None
    before = parcel_of(link, fixed, "CS-01")
    charge(link, 2)
    table.pack(link, "S1", "2026-03-02", Form(zone="UTC", field_separator="tab", decimal_separator="dot"))
    table.mark_failed(link, fixed.id, NOW, step="Connect", said="Nobody is there.", certain=True)
    again = table.waiting(link)
    assert again is not None
    assert parcel_of(link, again, "CS-01") == before
    assert b";0,001;" in before.content


def test_nothing_is_packed_where_nothing_is_new(link: sqlite3.Connection) -> None:
    charge(link, 1)
    assert [table.pack(link, "S1", f"2026-03-0{day}", FORM) for day in (1, 2)] == [1, 0]
    assert table.facts(link)[:3] == (1, 1, 0)


def test_records_go_into_parcels_of_bounded_size_in_their_order(link: sqlite3.Connection) -> None:
    charge(link, 7)
    assert table.pack(link, "S1", "2026-03-01", FORM, most=3) == 7
    found = []
    while (fixed := table.waiting(link)) is not None:
        found.append((fixed.first, fixed.last))
        table.mark_sent(link, fixed.id, NOW)
    assert found == [(1, 3), (4, 6), (7, 7)]


def most_memory(link: sqlite3.Connection, count: int) -> int:
    """Bytes at most while everything is packed and written down, among so many records."""
    row = cdrs.row_of(cdrs.append(link, record(1)))
    link.executemany(
        cdrs.INSERT,
        ((n, *row[1:3], 10_000_000 + n, 1, *row[5:11], *row[12:], None) for n in range(2, count + 1)),
    )
    tracemalloc.start()
    table.pack(link, "S1", "2026-03-01", FORM)
    while (fixed := table.waiting(link)) is not None:
        lines = parcel_of(link, fixed, "CS-01").content.count(b"\r\n")
        assert lines == fixed.last - fixed.first + 2
        table.mark_sent(link, fixed.id, NOW)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_first_publication_takes_no_more_memory_for_more_records(effort: Effort) -> None:
    def among(count: int) -> int:
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.executescript(cdrs.SCHEMA + table.SCHEMA)
            return most_memory(memory, count)

    many = effort(default=3, long=200) * table.MOST_RECORDS
    assert among(many) < 1.2 * among(table.MOST_RECORDS)


def test_old_parcels_are_forgotten_but_not_what_they_held(link: sqlite3.Connection) -> None:
    charge(link, table.SENT_KEPT + 3)
    table.pack(link, "S1", "2026-03-01", FORM, most=1)
    while (fixed := table.waiting(link)) is not None:
        table.mark_sent(link, fixed.id, NOW)
    (kept,) = link.execute("SELECT count(*) FROM parcels").fetchone()
    assert kept == table.SENT_KEPT
    assert table.pack(link, "S1", "2026-03-02", FORM) == 0
    assert table.facts(link).published == table.SENT_KEPT + 3
