"""A clock that is set while a car charges: nothing is lost, counted twice or longer than it was."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.api import LogQuery, RecordQuery, Vehicle
from core.clock import SimulatedClock
from core.errors import Invalid
from core.events import AnyEvent, ClockStepped
from core.notices import PART_FAILED
from core.station import StationCore
from tests.stations import NOON, log_in, running_station

BADGE = "E1EB1C02"


def clock_of(core: StationCore) -> SimulatedClock:
    assert isinstance(core.parts.clock, SimulatedClock)
    return core.parts.clock


@pytest.mark.parametrize(
    ("begin", "to"),
    [
        (NOON, "2026-03-02 13:20"),
        (NOON, "2026-03-02 11:20"),
        (NOON, "2026-03-03 12:20"),
        (NOON, "2026-03-01 12:20"),
        (datetime(2000, 1, 1, 0, 5, tzinfo=UTC), "2026-03-02 12:00"),
        (NOON, "2000-01-01 00:00"),
    ],
)
async def test_a_charge_across_a_step_keeps_its_duration_and_energy(
    tmp_path: Path, begin: datetime, to: str
) -> None:
    clock = SimulatedClock(start=begin, speed=0)
    async with running_station("parking-2", tmp_path, clock=clock) as core:
        admin, local = await log_in(core), await log_in(core, "local")
        await local.sim_plug(1, Vehicle(phases=1, demand=16.0))
        await local.sim_badge(BADGE, 1)
        clock.advance(1200)
        await core.tick()
        change = await admin.set_clock(to)
        assert change.changed
        assert f"{clock.now():%Y-%m-%d %H:%M}" == to
        clock.advance(1200)
        await core.tick()
        record = (await local.sim_unplug(1)).record
        assert record is not None
        assert record.duration_s == pytest.approx(2400, abs=2)
        assert record.energy_kwh == pytest.approx(16 * 230 * 2400 / 3.6e6, rel=0.02)
        assert (record.end - record.start).total_seconds() == pytest.approx(2400, abs=2)
        assert record.end == pytest.approx(clock.now(), abs=timedelta(seconds=2))
        assert (await admin.records(RecordQuery())).total == 1


async def test_who_sets_the_clock_and_from_what_to_what_is_in_the_log_and_announced(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        heard: list[AnyEvent] = []
        listening = user.events()
        await user.change_settings({"time.zone": "Europe/Paris"})
        change = await user.set_clock("2026-03-02 14:30:15")
        assert (change.old, change.new) == (NOON, datetime(2026, 3, 2, 13, 30, 15, tzinfo=UTC))
        await core.tick()
        await core.parts.storage.flush()
        entries = [each for each in await user.log(LogQuery(last=20)) if each.action == "clock_set"]
        assert [(each.account, each.origin, each.old, each.new) for each in entries] == [
            ("user", "ssh ::1", "2026-03-02T12:00:00.000+00:00", "2026-03-02T13:30:15.000+00:00")
        ]
        async for event in listening:
            heard.append(event)
            if isinstance(event, ClockStepped):
                break
        assert heard[-1] == ClockStepped(seconds=5415.0)


async def test_a_step_by_something_else_is_noticed_once(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        clock_of(core).step(NOON + timedelta(days=1))
        for _second in range(3):
            clock_of(core).advance(1)
            await core.tick()
        await core.parts.storage.flush()
        entries = [each for each in await admin.log(LogQuery(last=20)) if each.action == "clock_set"]
        assert [(each.account, each.text) for each in entries] == [
            ("station", "by something else than the station")
        ]


async def test_while_the_clock_follows_a_server_it_is_not_set_by_hand(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.change_settings({"time.mode": "ntp_server", "time.ntp_server": "127.0.0.1"})
        with pytest.raises(Invalid, match="follows the time server") as refused:
            await admin.set_clock("2026-03-02 14:30")
        assert refused.value.key == "time.mode"
        assert core.parts.clock.now() == NOON
        await admin.change_settings({"time.mode": "manual"})


async def test_learning_badges_lasts_as_long_as_it_was_to_last(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.learn_start("add", 30)
        await admin.set_clock("2027-01-01 00:00")
        learning = await admin.learning()
        assert learning is not None
        assert (learning.running, learning.seconds_left) == (True, 30.0)


async def test_what_is_wrong_since_before_the_step_is_told_on_the_new_clock(tmp_path: Path) -> None:
    clock = SimulatedClock(start=datetime(2000, 1, 1, tzinfo=UTC), speed=0)
    async with running_station("parking-2", tmp_path, clock=clock) as core:
        admin, local = await log_in(core), await log_in(core, "local")
        await local.sim_fault(1, "surge_arrestor", on=True)
        await local.sim_fault(1, "reader", on=True)
        core.parts.notices.set(PART_FAILED, active=True)
        async with asyncio.timeout(20):
            while True:
                if {error.number for error in (await admin.status()).errors} == {1, 6, 903}:
                    break
                await asyncio.sleep(0)
        clock.advance(600)
        await core.tick()
        await admin.set_clock("2026-03-02 12:10")
        errors = {error.number: error.since for error in (await admin.status()).errors}
        assert set(errors) == {1, 6, 903}
        for since in errors.values():
            assert since == pytest.approx(NOON, abs=timedelta(seconds=2))
