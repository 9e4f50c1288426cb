"""Pictures of Energy management while much happens: limits, inputs, a silent meter, a search."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.api import Vehicle
from core.station import StationCore
from screens.terminal_facts import TerminalFacts
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import RESTLESS, Sitting, sitting
from tests.screens.test_meters import METERED, until
from tests.screens.test_sockets import at, on_one_supply, typed
from tests.stations import NOON, log_in, running_station

FULL = TerminalFacts(profile="full", themes=("evtty-dark",), rest=3600.0)


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


async def everything_at_once(core: StationCore) -> None:
    """Two cars share 32 A, an input sheds one, its meter is silent, and a system outside limits the other."""
    local = await log_in(core, "local")
    wanted: dict[str, str | int] = {
        "socket.1.input_1": "load_shedding",
        "socket.1.load_shedding_set_point": 14,
    }
    more = {"socket.2.input_2": "conditional_start", "energy.external_control": "yes"}
    await local.change_settings({**METERED, **wanted, **more})
    await local.sim_input(2, "input_2", closed=True)
    await local.sim_plug(1, Vehicle(phases=3, demand=16.0))
    await local.sim_plug(2, Vehicle(phases=1, demand=32.0, cable_current=20))
    await local.sim_advance(NOON + timedelta(minutes=30))
    await core.parts.charging.limit_from_outside(2, 10.0, "OCPP")
    await local.sim_input(1, "input_1", closed=True)
    await local.sim_fault(1, "meter_silent", on=True)
    await local.sim_advance(NOON + timedelta(minutes=31))


async def look(seat: Sitting, picture: SnapshotAssertion) -> None:
    """Walk through the sub-tabs of Energy and Live status."""
    await at(seat, "energy.load_balancing", "advanced")
    assert picture_of(seat.app) == picture(name="advanced")
    await at(seat, "socket.1.load_shedding_set_point")
    await typed(seat, "7")
    assert picture_of(seat.app) == picture(name="sockets")
    await at(seat, "meter.1.metering", "meters")
    assert picture_of(seat.app) == picture(name="meters")
    await seat.press("5", "pagedown")
    assert picture_of(seat.app) == picture(name="status")


@pytest.mark.parametrize("terminal", [RESTLESS, FULL], ids=["serial", "full"])
async def test_everything_at_once(
    terminal: TerminalFacts, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    async with running_station(on_one_supply(tmp_path), tmp_path) as core:
        await everything_at_once(core)
        async with sitting(core, terminal=terminal) as seat:
            await look(seat, picture)


async def test_finding_a_meter(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await at(seat, "meter.1.metering", "meters")
        await seat.press("shift+tab", "shift+tab", "enter")
        assert picture_of(seat.app) == picture(name="range")
        await seat.press("enter")
        await until(seat, "The search is over.")
        await seat.settle()
        assert picture_of(seat.app) == picture(name="found")
