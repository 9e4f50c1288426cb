"""Pages of records in every order and with every filter, against looking at all of them."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.cdrs import finding, reading, table
from core.errors import NotFound
from core.values.exports import RecordExport
from core.values.records import ChargeRecord, RecordQuery, totals_of
from tests.core.cdrs.test_csv_file import record

BEGIN = datetime(2026, 3, 27, tzinfo=UTC)
BADGES = (("", ""), ("AAAA01", "Anna"), ("AAAA01", "Anna, flat 2"), ("BBBB02", "Émile"), ("17", ""))
COUNT = 240
ORDERS = ("number", "start", "energy", "duration", "badge")


def invented(number: int) -> ChargeRecord:
    """Records whose start, energy and duration go up and down with their numbers."""
    uid, comment = BADGES[number * 7 % len(BADGES)]
    start = BEGIN + timedelta(hours=number * 5, minutes=number * 37 % 300)
    duration = number * 911 % 40 * 300
    return record(
        number=number,
        socket=1 + number % 3 // 2,
        transaction_id=500 + number,
        uid=uid,
        comment=comment,
        start=start,
        end=start + timedelta(seconds=duration),
        duration_s=duration,
        energy_kwh=number * 613 % 50 / 8,
    )


EVERY = [invented(number) for number in range(1, COUNT + 1)]


@pytest.fixture(scope="module")
def link() -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(":memory:")
    link.executescript(table.SCHEMA)
    for each in EVERY:
        assert table.append(link, each) == each
    yield link
    link.close()


@pytest.fixture(params=["few", "many"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of reading: what is selected is collected, or all is read in its order."""
    monkeypatch.setattr(reading, "FEW_RECORDS", {"few": 5000, "many": -1}[request.param])


def matches(each: ChargeRecord, query: RecordQuery | RecordExport) -> bool:
    word = query.find.strip().casefold()
    return (
        (query.since is None or each.start >= query.since)
        and (query.until is None or each.start < query.until)
        and (query.point is None or each.socket == query.point)
        and (query.badge is None or each.uid.casefold() == query.badge.casefold())
        and (
            word in f"{each.uid}\n{each.comment}".casefold()
            or word in (str(each.number), str(each.transaction_id))
        )
    )


def in_order(found: list[ChargeRecord], query: RecordQuery) -> list[ChargeRecord]:
    def key(each: ChargeRecord) -> tuple[Any, ...]:
        first: dict[str, tuple[Any, ...]] = {
            "number": (),
            "start": (each.start,),
            "energy": (each.energy_kwh,),
            "duration": (each.duration_s,),
            "badge": (each.uid, each.comment),
        }
        return (*first[query.sort], each.number)

    return sorted(found, key=key, reverse=query.descending)


moments = st.none() | st.integers(-50, COUNT * 5 * 60 + 500).map(
    lambda minutes: BEGIN + timedelta(minutes=minutes)
)
queries = st.builds(
    RecordQuery,
    last=st.integers(0, 40),
    find=st.sampled_from(["", " ", "anna", "17", "ÉMILE", "0", "none such", "610"]),
    since=moments,
    until=moments,
    point=st.sampled_from([None, 1, 2, 3]),
    badge=st.sampled_from([None, "", "aaaa01", "BBBB02", "17", "FFFF"]),
    sort=st.sampled_from(ORDERS),
    descending=st.booleans(),
    after=st.none() | st.integers(1, COUNT),
)


@given(query=queries)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_page_is_what_looking_at_every_record_finds(
    link: sqlite3.Connection, way: None, query: RecordQuery
) -> None:
    found = in_order([each for each in EVERY if matches(each, query)], query)
    rest = found
    if query.after is not None:
        whole = in_order(EVERY, query)
        behind = whole[whole.index(EVERY[query.after - 1]) + 1 :]
        rest = [each for each in found if each in behind]
    page = finding.page(link, query)
    assert page.records == tuple(rest[: query.last])
    assert (page.found, page.total) == (len(found), COUNT)
    assert page.totals == totals_of(found)
    assert page.shown == totals_of(page.records)
    assert finding.count(link, query) == len(found)


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("badge", [None, "AAAA01"])
def test_paging_shows_every_record_once(
    link: sqlite3.Connection, way: None, sort: Any, descending: bool, badge: str | None
) -> None:
    query = RecordQuery(last=9, sort=sort, descending=descending, badge=badge)
    shown: list[ChargeRecord] = []
    while page := finding.page(link, query).records:
        shown += page
        query = RecordQuery(last=9, sort=sort, descending=descending, badge=badge, after=page[-1].number)
    assert shown == in_order([each for each in EVERY if matches(each, query)], query)


def test_many_badges_are_found_in_order_too(
    link: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FEW_RECORDS", -1)
    monkeypatch.setattr(reading, "FEW_HOLDERS", 1)
    page = finding.page(link, RecordQuery(find="a", last=5))
    assert page.records == tuple([each for each in reversed(EVERY) if "Anna" in each.comment][:5])


def test_a_page_cannot_follow_a_record_that_there_is_not(link: sqlite3.Connection) -> None:
    with pytest.raises(NotFound, match="no charge data record 999"):
        finding.page(link, RecordQuery(sort="energy", after=999))


def test_a_record_that_arrives_meanwhile_shifts_nothing() -> None:
    with sqlite3.connect(":memory:") as link:
        link.executescript(table.SCHEMA)
        for each in EVERY[:20]:
            table.append(link, each)
        first = finding.page(link, RecordQuery(last=5)).records
        table.append(link, EVERY[20])
        second = finding.page(link, RecordQuery(last=5, after=first[-1].number)).records
    link.close()
    assert [each.number for each in (*first, *second)] == list(range(20, 10, -1))
