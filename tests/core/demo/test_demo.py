"""The demonstration: invented once, on a fresh station only, and lively."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from core.api import RecordQuery
from core.badges.uid import badge_uid
from core.demo import come_and_go, furnish, is_demonstration
from core.demo.furnishing import DRIVERS, KEEPER, invented
from core.profile import SHIPPED, load_profile
from core.values.simulation import Vehicle
from tests.core.charging_house import START, House, house
from tests.stations import NOON, log_in, running_station


@pytest.mark.parametrize("profile", SHIPPED)
def test_invented_records_could_be_real(profile: str) -> None:
    hardware = load_profile(profile)
    found = invented(hardware, NOON)
    assert len(found) > 40
    assert [record.transaction_id for record in found] == list(range(1, len(found) + 1))
    assert all(NOON - timedelta(weeks=7) < record.start < record.end < NOON for record in found)
    for point in range(1, hardware.charge_points + 1):
        here = [record for record in found if record.socket == point]
        for before, after in pairwise(here):
            assert before.end <= after.start
            assert before.meter_stop_wh == after.meter_start_wh
    assert all(record.mean_power_w <= record.max_power_w <= 22_080 for record in found)
    assert all(record.end - record.start == timedelta(seconds=record.duration_s) for record in found)


def test_the_same_moment_gives_the_same_story() -> None:
    assert invented(load_profile("parking-2"), NOON) == invented(load_profile("parking-2"), NOON)


def test_badges_are_badges() -> None:
    uids = [driver.uid for driver in (*DRIVERS, KEEPER)]
    assert [badge_uid(uid) for uid in uids] == uids
    assert len(set(uids)) == 12


async def test_a_demonstration_has_records_and_badges_at_once(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path, demo=True) as core:
        station = await log_in(core, "local")
        page = await station.records(RecordQuery(find="pool car"))
        assert page.found > 5
        assert (await station.badges()).total == 12


async def test_nothing_is_invented_twice_nor_without_being_asked(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path / "asked", demo=True) as core:
        first = (await (await log_in(core, "local")).records(RecordQuery())).total
    async with running_station("parking-2", tmp_path / "asked", demo=True) as core:
        assert (await (await log_in(core, "local")).records(RecordQuery())).total == first
    async with running_station("parking-2", tmp_path / "other") as core:
        assert (await (await log_in(core, "local")).records(RecordQuery())).total == 0


async def test_a_station_that_has_charged_is_no_demonstration(tmp_path: Path) -> None:
    async with house(tmp_path, general__authentication_location="disable") as station:
        await station.charging.sim_plug(1, Vehicle(energy_wh=100))
        await station.wait(60)
        await station.charging.sim_unplug(1)
        assert not await furnish(station.storage, station.profile, START)
        assert not await is_demonstration(station.storage)
        assert len(await station.records()) == 1


class Spectator:
    """Turns the station's clock instead of waiting, and notes what could be seen; stops after some steps."""

    def __init__(self, station: House, steps: int) -> None:
        self._station = station
        self._steps = steps
        self.seen: list[str] = []
        self.enough = asyncio.Event()

    async def pause(self, seconds: float) -> None:
        await self._station.wait(seconds)
        self.seen += [status.cpw_state for status in self._station.charging.charge_points()]
        self._steps -= 1
        if self._steps <= 0:
            self.enough.set()
        await asyncio.sleep(0)


@pytest.mark.parametrize("profile", SHIPPED)
async def test_cars_come_and_go_at_every_point(tmp_path: Path, profile: str) -> None:
    async with house(tmp_path, profile) as station:
        spectator = Spectator(station, 120)
        hardware = station.profile
        traffic = asyncio.create_task(
            come_and_go(
                station.charging,
                points=hardware.charge_points,
                reader=hardware.rfid_reader,
                pause=spectator.pause,
            )
        )
        await spectator.enough.wait()
        traffic.cancel()
        await asyncio.wait([traffic])
        records = await station.records()
        assert {record.socket for record in records} == set(range(1, hardware.charge_points + 1))
        assert any(record.meter_stop_wh > record.meter_start_wh for record in records)
        assert {"Charging_StateC_Plus", "EVSE_Available_StateA"} <= set(spectator.seen)
