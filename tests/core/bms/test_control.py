"""Who is in control: the life bit, its loss, its end, and restarts of the station in between."""

from __future__ import annotations

import errno
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ConnectionException

from core.bms import control
from core.bms.life import LIFE_SECONDS
from core.clock import SimulatedClock
from core.ocpp.smart_charging import table as profiles
from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.bms.building import Building, building
from tests.core.bms.test_registers import charge, limits
from tests.core.ocpp.smart_charging.examples import installed
from tests.stations import log_in

SILENCE = int(LIFE_SECONDS) + 1


async def fallback(house: Building, current: int) -> None:
    station = await log_in(house.core)
    await station.change_settings({"supervision.fallback_current": str(current)})


async def test_the_station_clears_the_life_bit(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.write(932, 1) == 0
        assert await house.read(932) == [1]
        await house.pass_time(1)
        assert await house.read(932, 2) == [0, 0]
        assert "in control" in house.core.parts.bms.state


async def test_without_a_sign_of_life_the_fallback_current_holds(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        await fallback(house, 10)
        await charge(house)
        assert await house.write(932, 1) == 0
        assert await house.write(301, 25) == 0
        await house.pass_time(SILENCE)
        assert await house.read(933) == [2]
        assert (await limits(house))["external"] == 10
        assert "life bit missing: fallback current" in house.core.parts.bms.state
        assert await house.write(932, 1) == 0
        assert await house.read(933) == [0]
        assert (await limits(house))["external"] == 25


async def test_a_charge_that_was_held_back_goes_on_when_nobody_could_let_it(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        await charge(house)
        assert await house.write(932, 1) == 0
        assert await house.order(4) == 4
        await house.pass_time(SILENCE + 5)
        assert await house.read(6) == [9]


async def test_a_client_that_never_showed_life_is_not_missed(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.write(301, 25) == 0
        await house.pass_time(SILENCE)
        assert await house.read(933) == [0]
        assert (await limits(house))["external"] == 25


async def test_control_that_is_given_back_leaves_nothing_behind(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.write(932, 1) == 0
        assert await house.write(301, 8) == 0
        assert await house.order(40) == 40
        assert await house.write(301, 9, point=2) == 0
        assert await house.write(932, 2) == 0
        await house.pass_time(SILENCE)
        assert await house.read(301) == [32]
        assert await house.read(932, 2) == [0, 0]
        status = house.core.parts.charging.charge_points()
        assert "Charge_Postpone" not in status[0].evse_status
        assert "external" not in await limits(house, 1)
        assert (await limits(house, 2))["external"] == 9, "the other charge point is another client's matter"


async def test_another_value_than_1_or_2_is_no_life_bit(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.write(932, 0) == 0
        assert await house.write(932, 3) == 3


async def test_after_a_restart_the_fallback_current_holds_until_a_maximum_is_written(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        await fallback(house, 12)
        assert await house.write(932, 1) == 0
        assert await house.write(301, 8) == 0
    async with building(tmp_path) as house:
        assert await house.read(301) == [12]
        assert await house.read(933) == [2]
        assert (await limits(house))["external"] == 12
        assert await house.write(932, 1) == 0
        assert (await limits(house))["external"] == 12
        assert await house.write(301, 8) == 0
        assert (await limits(house))["external"] == 8


async def test_switching_external_control_off_ends_it_at_once(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await house.write(932, 1) == 0
        assert await house.write(301, 8) == 0
        client = await house.client()
        station = await log_in(house.core)
        await station.change_settings({"energy.external_control": "no"})
        await house.pass_time(1)
        assert house.core.parts.bms.state == "off"
        assert "external" not in await limits(house)
        assert await gone(client)
        await station.change_settings({"energy.external_control": "yes"})
        await house.pass_time(SILENCE)
        house.leave()
        assert await house.read(933) == [0]


async def gone(client: AsyncModbusTcpClient) -> bool:
    """Whether the station has ended the connection."""
    try:
        await client.read_holding_registers(6, count=1, device_id=255)
    except ConnectionException:
        return True
    return False


async def test_where_the_building_authorises_its_command_begins_a_charge_and_no_badge_does(
    tmp_path: Path,
) -> None:
    async with building(tmp_path) as house:
        station = await log_in(house.core)
        await station.change_settings({"general.authentication_location": "remote"})
        charging = house.core.parts.charging
        await charging.sim_plug(1, Vehicle())
        await charging.present_badge("AABBCC01", 1)
        await house.pass_time(5)
        assert await house.read(6) != [9]
        assert await house.order(5) == 5
        await house.pass_time(5)
        assert await house.read(6) == [9]
        assert await house.order(5) == 5, "it goes on"
        assert await house.order(5, point=2) == 5, "who plugs in within a minute charges"
        await house.pass_time(61)
        await charging.sim_plug(2, Vehicle())
        await house.pass_time(5)
        assert await house.read(6, point=2) != [9]


async def test_of_two_systems_outside_the_smaller_limit_holds_and_says_whose_it_is(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        charging = house.core.parts.charging
        station = await log_in(house.core)
        await station.change_settings({"general.authentication_location": "disable"})
        await charging.sim_plug(1, Vehicle())
        assert await house.write(301, 10) == 0
        for other, offered, reason in (
            (8, 8, "set by another"),
            (16, 10, "set by BMS"),
            (0, 0, "set by another"),
            (None, 10, "set by BMS"),
        ):
            await charging.limit_from_outside(1, other, "another")
            await house.pass_time(10)
            shown = charging.charge_points()[0]
            assert (shown.offered_current, shown.reason) == (offered, reason)
        assert await house.read(301) == [10], "what it has written itself"


async def test_the_life_bit_is_missed_after_a_minute_however_the_clock_is_set(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        await fallback(house, 12)
        clock = house.core.parts.clock
        assert isinstance(clock, SimulatedClock)
        assert await house.write(932, 1) == 0
        for year in (2031, 2000):
            clock.step(datetime(year, 1, 1, tzinfo=UTC))
            await house.pass_time(1)
            assert await house.read(933) == [0]
        await house.pass_time(58)
        assert await house.read(933) == [2]


async def test_a_full_disk_does_not_hold_up_the_station(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with building(tmp_path) as house:
        await charge(house)

        def full(_link: sqlite3.Connection) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(control, "forget", full)
        monkeypatch.setattr(profiles, "keep", lambda link, _installed: full(link))
        await install(house.core)
        assert await house.write(932, 1) == 0
        await house.core.parts.charging.sim_unplug(1)
        await house.pass_time(2)
        assert house.core.parts.smart.installed == ()
        station = await log_in(house.core)
        await station.change_settings({"energy.external_control": "no"})
        await house.pass_time(2)
        assert house.core.parts.bms.state == "off"


async def install(core: StationCore) -> None:
    """A profile of the charge that is open, as it is there after a restart."""
    status = core.parts.charging.charge_points()[0]
    assert status.session is not None
    core.parts.smart.installed = (
        installed(1, 1, "TxProfile", (0, 16), charge=status.session.local_id, kind="Relative", starts=None),
    )
