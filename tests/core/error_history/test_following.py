"""Errors as they came and went: kept over restarts, told once, bounded, right after the clock was set."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.clock import SimulatedClock
from core.error_history import table
from core.error_history.following import ErrorHistory
from core.errors import Invalid
from core.storage import Storage
from core.values.error_records import MOST_ERROR_RECORDS, ErrorQuery, ErrorRecord
from core.values.status import ErrorStatus
from tests.stations import NOON, log_in, running_station


def error(number: int = 6, *, point: int | None = 1, since: datetime = NOON, cause: str = "") -> ErrorStatus:
    return ErrorStatus(number=number, name="Name", point=point, since=since, advice="Do it.", cause=cause)


class Bench:
    """A history of errors that are set by hand."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.clock = SimulatedClock(start=NOON, speed=0)
        self.active: tuple[ErrorStatus, ...] = ()
        self.history = ErrorHistory(storage, self.clock, lambda: self.active)

    async def shows(self, *errors: ErrorStatus) -> tuple[ErrorRecord, ...]:
        """The history after these errors have been there."""
        self.active = errors
        self.history.look()
        await self.storage.flush()
        return await self.history.find(ErrorQuery())


async def opened(folder: Path) -> Bench:
    bench = Bench(await Storage.open(folder, schema=(table.SCHEMA,)))
    await bench.history.start()
    return bench


async def test_an_error_is_there_with_its_cause_until_that_is_gone(tmp_path: Path) -> None:
    bench = await opened(tmp_path)
    (lasting,) = await bench.shows(error(cause="the contact is open"))
    assert (lasting.error, lasting.point, lasting.cause) == (6, 1, "the contact is open")
    assert (lasting.raised, lasting.cleared, lasting.ended, lasting.times) == (NOON, None, "", 1)
    bench.clock.advance(90)
    (over,) = await bench.shows()
    assert (over.cleared, over.ended) == (NOON + timedelta(seconds=90), "cause_gone")
    await bench.storage.close()


async def test_one_that_comes_and_goes_is_one_line_that_counts(tmp_path: Path) -> None:
    bench = await opened(tmp_path)
    for _time in range(3):
        await bench.shows(error(since=bench.clock.now()))
        bench.clock.advance(60)
        await bench.shows()
        bench.clock.advance(60)
    (told,) = await bench.shows()
    assert (told.times, told.raised) == (3, NOON)
    bench.clock.advance(table.AGAIN_SECONDS)
    assert [each.times for each in await bench.shows(error(since=bench.clock.now()))] == [1, 3]
    await bench.storage.close()


async def test_the_same_error_at_two_charge_points_is_told_twice(tmp_path: Path) -> None:
    bench = await opened(tmp_path)
    told = await bench.shows(error(point=1), error(point=2), error(31, point=None))
    assert {(each.error, each.point) for each in told} == {(6, 1), (6, 2), (31, None)}
    only = await bench.history.find(ErrorQuery(error=6, point=2))
    assert [(each.error, each.point) for each in only] == [(6, 2)]
    await bench.storage.close()


async def test_what_lasts_stands_before_what_is_over(tmp_path: Path) -> None:
    bench = await opened(tmp_path)
    old = error(4)
    await bench.shows(old)
    bench.clock.advance(3600)
    await bench.shows(old, error(5, since=bench.clock.now()))
    assert [each.error for each in await bench.shows(old)] == [4, 5]
    await bench.storage.close()


async def test_a_cause_that_changes_is_told_as_it_is_now(tmp_path: Path) -> None:
    bench = await opened(tmp_path)
    await bench.shows(error(cause="no answer"))
    (told,) = await bench.shows(error(cause="wrong answer"))
    assert (told.cause, told.times) == ("wrong answer", 1)
    await bench.storage.close()


async def test_a_clock_that_is_set_moves_the_beginning_of_what_lasts(tmp_path: Path) -> None:
    bench = await opened(tmp_path)
    await bench.shows(error())
    later = NOON + timedelta(days=400)
    bench.clock.step(later)
    (told,) = await bench.shows(error(since=later))
    assert told.raised == later
    bench.clock.step(NOON)
    (told,) = await bench.shows()
    assert told.cleared == told.raised == later
    await bench.storage.close()


async def test_what_lasted_at_a_death_of_the_station_ends_with_its_next_start(tmp_path: Path) -> None:
    bench = await opened(tmp_path)
    await bench.shows(error(), error(31, point=None))
    await bench.storage.close()
    again = await opened(tmp_path)
    again.clock.advance(3600)
    await again.history.start()
    assert {(each.error, each.ended) for each in await again.shows()} == {(6, "restart"), (31, "restart")}
    (first, second) = await again.shows(error(since=NOON + timedelta(seconds=5)))
    assert (first.error, first.times, first.ended) == (6, 2, "")
    assert second.ended == "restart"
    await again.storage.close()


async def test_only_the_newest_are_kept_and_what_lasts_is_never_dropped(tmp_path: Path) -> None:
    bench = await opened(tmp_path)

    def flood(link: sqlite3.Connection) -> None:
        for turn in range(MOST_ERROR_RECORDS + 50):
            when = NOON + timedelta(hours=turn)
            table.raised(link, error(point=2, since=when))
            table.cleared(link, error(point=2), when)

    await bench.shows(error(5))
    await bench.storage.write(flood)
    kept = await bench.history.find(ErrorQuery(last=MOST_ERROR_RECORDS))
    assert len(kept) == MOST_ERROR_RECORDS
    assert kept[0].error == 5
    (count,) = await bench.storage.read(
        lambda link: link.execute("SELECT count(*) FROM error_history").fetchone()
    )
    assert count == MOST_ERROR_RECORDS + 1
    await bench.storage.close()


@pytest.mark.parametrize("last", [0, -1, MOST_ERROR_RECORDS + 1])
async def test_a_number_of_errors_that_cannot_be_is_refused(tmp_path: Path, last: int) -> None:
    bench = await opened(tmp_path)
    with pytest.raises(Invalid, match="1 to 1000"):
        await bench.history.find(ErrorQuery(last=last))
    await bench.storage.close()


async def test_a_station_keeps_its_errors_over_a_restart(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.sim_fault(2, "surge_arrestor", on=True)
        await admin.sim_fault(2, "surge_arrestor", on=False)
        await admin.sim_fault(1, "contactor", on=True)
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        told = await user.error_history(ErrorQuery())
        assert [(each.error, each.point, each.ended) for each in told] == [
            (5, 1, "restart"),
            (6, 2, "cause_gone"),
        ]
        assert told[0].cause == "the contactor is closed, and the station wants it otherwise"
        assert told[0].raised == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


async def test_a_clock_that_is_set_moves_what_lasts_on_a_whole_station(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.sim_fault(1, "surge_arrestor", on=True)
        await admin.sim_fault(1, "reader", on=True)
        later = NOON + timedelta(days=90)
        await admin.sim_advance(later, step=True)
        await core.tick()
        errors = (await admin.status()).errors
        assert [(error.number, error.since) for error in errors] == [(6, later), (1, later)]
        assert [each.raised for each in await admin.error_history(ErrorQuery())] == [later, later]


async def test_a_station_that_dies_tells_afterwards_what_was_wrong_when_it_did(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path / "living") as core:
        admin = await log_in(core)
        await admin.sim_fault(2, "lock", on=True)
        await core.parts.storage.flush()
        # What a death would leave on the disk at this moment.
        shutil.copytree(tmp_path / "living", tmp_path / "dead")
    async with running_station("parking-2", tmp_path / "dead") as core:
        local = await log_in(core, "local")
        told = await local.error_history(ErrorQuery())
        assert [(each.error, each.point, each.ended) for each in told] == [(4, 2, "restart")]
