"""What the building's management reads and writes, over a connection as it makes it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from core.values.simulation import Vehicle
from tests.core.bms.building import Building, building

TAKES_20 = Vehicle(phases=3, cable_current=32, demand=20.0)


def long(words: list[int]) -> int:
    return words[0] << 16 | words[1]


def real(words: list[int]) -> float:
    (value,) = struct.unpack(">f", struct.pack(">2H", *words))
    return float(value)


async def charge(house: Building, point: int = 1, vehicle: Vehicle = TAKES_20) -> None:
    charging = house.core.parts.charging
    await charging.sim_plug(point, vehicle)
    assert await house.order(5, point=point) == 5
    await house.pass_time(30)


async def limits(house: Building, point: int = 1) -> dict[str, float]:
    status = house.core.parts.charging.charge_points()[point - 1]
    return {limit.source: limit.current for limit in status.limits}


async def test_nobody_is_answered_while_no_external_system_may_control_the_station(tmp_path: Path) -> None:
    async with building(tmp_path, controlled=False) as house:
        assert house.core.parts.bms.state == "off"


async def test_a_charge_is_followed_from_plug_to_end(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.read(6) == [1]
        await charge(house)
        assert await house.read(6) == [9]
        assert long(await house.read(30, 2)) in range(25, 31)
        assert real(await house.read(350, 2)) == 20.0
        assert 200 < real(await house.read(366, 2)) < 260
        assert 13 < real(await house.read(358, 2)) < 15
        before = long(await house.read(356, 2))
        await house.pass_time(60)
        assert long(await house.read(356, 2)) > before
        assert await house.order(3) == 3
        assert await house.read(6) == [12]
        assert await house.read(9) == [9]
        assert long(await house.read(30, 2)) == 0


async def test_an_error_has_its_bit_while_it_lasts(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        charging = house.core.parts.charging
        await charging.sim_fault(1, "surge_arrestor", True)
        assert (await house.read(23))[0] & 1 << 5
        await charging.sim_fault(1, "surge_arrestor", False)
        assert not (await house.read(23))[0] & 1 << 5


@pytest.mark.parametrize("current", [0, 6, 13, 32])
async def test_a_maximum_current_limits_the_charge(tmp_path: Path, current: int) -> None:
    async with building(tmp_path) as house:
        await charge(house)
        assert await house.write(301, current) == 0
        await house.pass_time(5)
        assert await house.read(301) == [current]
        assert (await limits(house))["external"] == current
        offered = house.core.parts.charging.charge_points()[0].offered_current
        assert offered <= current


@pytest.mark.parametrize("current", [1, 5, 33, 80, 0x7FFF, 0xFFFF])
async def test_a_maximum_current_outside_its_range_is_refused(tmp_path: Path, current: int) -> None:
    async with building(tmp_path) as house:
        assert await house.write(301, 16) == 0
        assert await house.write(301, current) == 3
        assert await house.read(301) == [16]
        assert (await limits(house))["external"] == 16


async def test_each_charge_point_is_limited_at_its_own_port(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.write(301, 10, point=2) == 0
        assert "external" not in await limits(house, 1)
        assert (await limits(house, 2))["external"] == 10
        assert await house.read(301, point=1) == [32]


async def test_a_command_stands_until_it_is_acknowledged(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.write(150, 6) == 0
        assert await house.read(20) == [6]
        assert await house.write(150, 6) == 0, "asked again, because the answer was lost"
        assert await house.write(150, 34) == 6, "busy"
        assert await house.read(20) == [6]
        assert await house.write(150, 0) == 0
        assert await house.read(20) == [0]
        assert await house.order(34) == 34


@pytest.mark.parametrize(
    ("command", "undo", "word"),
    [
        (6, 34, "Unavailable_Plc_Cmd_Received"),
        (40, 41, "Charge_Postpone"),
        (42, 43, "Maintenance_Plc_Cmd_Received"),
        (44, 45, "Booked_Plc_Cmd_Received"),
    ],
)
async def test_what_was_ordered_is_shown_until_it_is_taken_back(
    tmp_path: Path, command: int, undo: int, word: str
) -> None:
    async with building(tmp_path) as house:
        charging = house.core.parts.charging
        assert await house.order(command) == command
        assert word in charging.charge_points()[0].evse_status
        assert await house.order(undo) == undo
        assert word not in charging.charge_points()[0].evse_status


async def test_a_suspended_charge_goes_on_at_the_command_to_restart(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        await charge(house)
        assert await house.order(4) == 4
        await house.pass_time(10)
        status = house.core.parts.charging.charge_points()[0]
        assert "Suspend_Plc_Cmd_Received" in status.evse_status
        assert status.offered_current == 0
        assert status.session is not None
        assert await house.order(5) == 5
        await house.pass_time(10)
        assert await house.read(6) == [9]


async def test_nothing_charges_where_the_building_has_put_it_out_of_service(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.order(6) == 6
        await house.core.parts.charging.sim_plug(1, TAKES_20)
        assert await house.order(5) == 0x8000
        await house.pass_time(10)
        assert house.core.parts.charging.charge_points()[0].session is None


async def test_nothing_can_be_suspended_where_nothing_charges(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.order(4) == 0x8000


@pytest.mark.parametrize("command", [1, 2, 7, 35, 46, 0x8000, 0xFFFF])
async def test_an_unknown_command_is_refused(tmp_path: Path, command: int) -> None:
    async with building(tmp_path) as house:
        assert await house.write(150, command) == 3
        assert await house.read(20) == [0]
