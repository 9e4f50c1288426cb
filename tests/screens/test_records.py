"""The records of a station with some weeks of charges: filter, sort, days, totals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from textual import events

from core.api import RecordDay, RecordQuery, Station, Vehicle
from core.station import StationCore
from core.values.records import totals_of
from screens.record_days import WIDTH, bar, day_lines
from screens.record_filter import NotADay, RecordFilter, day_of
from screens.records_page import RecordsPage
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import RESTLESS, Sitting, sitting
from tests.stations import log_in, running_station

ALL = RecordQuery(last=10_000)


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[StationCore]:
    async with running_station("parking-2", tmp_path, demo=True) as core:
        yield core


@pytest.fixture
async def station(core: StationCore) -> Station:
    return await log_in(core, "local")


@pytest.fixture
async def seat(core: StationCore) -> AsyncIterator[Sitting]:
    """Somebody at the records, on a serial line."""
    async with sitting(core) as seat:
        await seat.press("4")
        yield seat


def page_of(seat: Sitting) -> RecordsPage:
    page = seat.app.frame.page
    assert isinstance(page, RecordsPage)
    return page


async def test_how_the_records_look(seat: Sitting, picture: SnapshotAssertion) -> None:
    assert picture_of(seat.app) == picture(name="newest")
    await seat.press("f")
    assert picture_of(seat.app) == picture(name="filter")
    await seat.type("2026-02-01")
    await seat.press("tab", "tab")
    await seat.type("1")
    await seat.press("enter")
    assert picture_of(seat.app) == picture(name="filtered")
    await seat.press("d")
    assert picture_of(seat.app) == picture(name="days")


async def test_records_are_chosen_by_days_charge_point_and_badge(seat: Sitting, station: Station) -> None:
    await seat.press("f")
    await seat.type("2026-02-02")
    await seat.press("tab")
    await seat.type("2026-02-27")
    await seat.press("tab")
    await seat.type("2")
    await seat.press("tab")
    await seat.type("3f420f")
    await seat.press("enter")
    every = (await station.records(ALL)).records
    wanted = [
        each
        for each in every
        if date(2026, 2, 2) <= each.start.date() <= date(2026, 2, 27)
        and (each.socket, each.uid) == (2, "3F420F")
    ]
    assert wanted
    assert list(page_of(seat).records) == wanted[:30]
    assert f"{len(wanted)} of {len(every)} records found" in seat.text
    assert "from 2026-02-02, to 2026-02-27, plug 2, badge 3f420f" in seat.text
    assert f"{totals_of(wanted).energy_kwh:.3f} kWh" in seat.text


async def test_the_filter_keeps_what_is_looked_for_and_can_be_taken_away(seat: Sitting) -> None:
    await seat.press("s")
    await seat.type("pool")
    await seat.press("enter", "f")
    await seat.press("tab", "tab")
    await seat.type("1")
    await seat.press("enter")
    assert page_of(seat).chosen == RecordFilter(find="pool", point=1)
    await seat.press("f", *["tab"] * 5, "enter")
    assert page_of(seat).chosen == RecordFilter(find="pool")
    assert "plug 1" not in seat.text


REFUSED = (
    ({"first": "22.11.2026"}, "A day is written as 2026-11-22"),
    ({"first": "1999-12-31"}, "from 2000-01-01 to 2099-12-31"),
    ({"first": "2026-02-02", "last": "2026-02-01"}, "The last day is before the first."),
    ({"point": "3"}, "The charge point is 1 or 2."),
)


async def test_what_cannot_be_chosen_is_refused_in_words_and_stays(seat: Sitting) -> None:
    for typed, says in REFUSED:
        await seat.press("f")
        for field, text in typed.items():
            seat.app.screen.query_one(f"#{field}").focus()
            await seat.type(text)
        await seat.press("enter")
        assert says in seat.text
        assert all(text in seat.text for text in typed.values())
        await seat.press("escape")
        assert page_of(seat).chosen == RecordFilter()


async def test_a_single_charge_point_is_not_asked_for(tmp_path: Path) -> None:
    async with running_station("wallbox-rfid", tmp_path) as core, sitting(core) as seat:
        await seat.press("4", "f")
        assert "Charge point" not in seat.text
        await seat.press("tab", "tab")
        await seat.type("-")
        await seat.press("enter")
        assert page_of(seat).chosen == RecordFilter(badge="")
        assert "without a badge" in seat.text


async def test_records_are_sorted_by_one_thing_after_the_other(seat: Sitting, station: Station) -> None:
    every = (await station.records(ALL)).records
    await seat.press("o", "o")
    assert "most energy first" in seat.text
    assert [each.energy_kwh for each in page_of(seat).records] == sorted(
        (each.energy_kwh for each in every), reverse=True
    )[:30]
    await seat.press("end", "end")
    shown = [each.energy_kwh for each in page_of(seat).records]
    assert len(shown) > 30
    assert shown == sorted(shown, reverse=True)
    assert f"{len(shown)} shown: {totals_of(page_of(seat).records).energy_kwh:.3f} kWh" in seat.text
    await seat.press("o", "o", "o")
    assert "newest first" in seat.text
    assert page_of(seat).records == every[:30]


async def test_keys_that_come_faster_than_answers_never_mix_two_orders(
    seat: Sitting, station: Station
) -> None:
    for key in ("o", "end", "o", "end", "end"):
        seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await seat.settle()
    await seat.press("end", "end")
    shown = page_of(seat).records
    assert len(shown) > 30
    query = RecordQuery(last=len(shown), sort="energy")
    assert shown == (await station.records(query)).records


async def test_a_new_record_comes_into_view_but_disturbs_nobody_further_down(
    seat: Sitting, station: Station
) -> None:
    newest = page_of(seat).records[0].number
    await station.sim_plug(1, Vehicle())
    await station.sim_badge("3F420F", 1)
    await station.sim_unplug(1)
    async with asyncio.timeout(10):
        while page_of(seat).records[0].number == newest:
            await seat.settle()
    await seat.press("down", "down")
    await station.sim_plug(1, Vehicle())
    await station.sim_badge("3F420F", 1)
    await station.sim_unplug(1)
    await seat.settle()
    assert page_of(seat).records[0].number == newest + 1
    assert seat.line_with(">").split()[1] == str(newest - 1)


async def test_days_have_bars_only_where_the_line_carries_them(core: StationCore) -> None:
    for terminal, has_bars in ((RESTLESS, False), (replace(RESTLESS, profile="full"), True)):
        async with sitting(core, terminal=terminal) as seat:
            await seat.press("4", "d")
            assert "30 days, " in seat.text
            assert ("###" in seat.text) is has_bars


days = st.lists(
    st.builds(
        RecordDay,
        day=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        count=st.integers(0, 999),
        energy_kwh=st.floats(0, 99_999),
        duration_s=st.integers(0, 10**7),
    ),
    min_size=1,
    max_size=40,
)


@given(shown=days, bars=st.booleans(), ascii_only=st.booleans())
def test_every_day_fits_on_a_line_of_its_own(shown: list[RecordDay], bars: bool, ascii_only: bool) -> None:
    lines = day_lines(shown, bars=bars, ascii_only=ascii_only)
    assert len(lines) == len(shown) + 3
    assert max(map(len, lines)) <= 72
    assert not ascii_only or "".join(lines).isascii()


def test_the_longest_bar_is_that_of_the_most_energy_and_little_is_not_nothing() -> None:
    assert bar(10.0, 10.0, ascii_only=True) == "#" * WIDTH
    assert bar(0.001, 10.0, ascii_only=True) == "#"
    assert bar(0.0, 10.0, ascii_only=True) == ""


def test_an_empty_day_is_none_and_no_day_is_refused() -> None:
    assert day_of("  ") is None
    assert day_of(" 2026-11-22 ") == date(2026, 11, 22)
    with pytest.raises(NotADay):
        day_of("2026-02-30")
