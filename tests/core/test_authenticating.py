"""Err #13 comes where somebody else authorises charging and cannot be asked, and goes when it can."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.bms.listening import Endpoint
from core.clock import SimulatedClock
from core.station import StationCore
from tests.core.serving.supervision import Central
from tests.stations import NOON, log_in, running_station

READ_STATE = bytes.fromhex("0001 0000 0006 ff 03 0006 0001")
SUPERVISED: dict[str, str | int] = {
    "general.station_type": "supervised",
    "supervision.protocol": "ocpp16j",
    "supervision.primary_url": "ws://127.0.0.1:9/",
    "supervision.identity": "station",
    "supervision.message_timeout": 30,
}


async def causes(core: StationCore, seconds: float) -> list[str]:
    """What Err #13 says after so many seconds more."""
    clock = core.parts.clock
    assert isinstance(clock, SimulatedClock)
    for _ in range(2):
        clock.advance(seconds / 2)
        await core.tick()
    return [error.cause for error in core.parts.causes.active() if error.number == 13]


async def test_a_supervision_that_cannot_be_asked_is_missed_after_one_answer_s_time(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core)
        await station.change_settings(SUPERVISED)
        assert await causes(core, 20) == []
        assert await causes(core, 20) == ["there is no link to the supervision"]
        core.parts.charging.authority = Central()
        assert await causes(core, 2) == []


async def test_remote_authorisation_needs_a_system_that_may_order_and_is_connected(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path, bms=Endpoint(host="127.0.0.1", port=0)) as core:
        station = await log_in(core)
        await station.change_settings({"general.authentication_location": "remote"})
        assert await causes(core, 2) == [
            "no external system may control this station (Energy, Advanced settings)"
        ]
        (error,) = (each for each in (await station.status()).errors if each.number == 13)
        assert (error.tab, error.sub_tab) == ("energy", "advanced")
        await station.change_settings({"energy.external_control": True})
        assert await causes(core, 40) == []
        assert await causes(core, 40) == ["no system that authorises charging is connected over Modbus"]
        place = core.parts.bms.state.split()[1]
        host, port = place.rsplit(":", 1)
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(READ_STATE)
        await reader.readexactly(9)
        assert await causes(core, 2) == []
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize("location", ["charging_station", "disable"])
async def test_a_station_that_decides_itself_asks_nobody(tmp_path: Path, location: str) -> None:
    clock = SimulatedClock(start=NOON, speed=0)
    async with running_station("parking-2", tmp_path, clock=clock) as core:
        station = await log_in(core)
        await station.change_settings({"general.authentication_location": location})
        assert await causes(core, 400) == []
