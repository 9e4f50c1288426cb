"""Live status with long advice, and how errors came and went, at 80x24."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.api import Vehicle
from core.faults import FAULTS
from core.station import StationCore
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import sitting
from tests.stations import NOON, log_in, running_station


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


async def a_bad_day(core: StationCore) -> None:
    """A reader that comes and goes, a vehicle that asks for air, a meter that is silent."""
    local = await log_in(core, "local")
    await local.change_settings({"meter.1.metering": "iem_3x5x", "meter.2.metering": "iem_3x5x"})
    for minute in (1, 3, 5):
        await local.sim_fault(2, "plug_presence", on=True)
        await local.sim_plug(2, Vehicle())
        await local.sim_advance(NOON + timedelta(minutes=minute))
        await local.sim_fault(2, "plug_presence", on=False)
        await local.sim_unplug(2)
        await local.sim_advance(NOON + timedelta(minutes=minute + 1))
    await local.sim_plug(1, Vehicle(ventilation=True))
    await local.sim_badge("E1EB1C02", 1)
    await local.sim_fault(1, "meter_silent", on=True)
    await local.sim_fault(2, "meter_silent", on=True)
    await local.sim_advance(NOON + timedelta(hours=20))


async def test_advice_causes_and_names_are_told_in_full(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await a_bad_day(core)
        async with sitting(core) as seat:
            await seat.press("5")
            words = " ".join(seat.text.split())
            for number in (12, 22):
                assert FAULTS[number].advice in words
            assert "Plug 1, Plug 2: it is simulated, with the fault meter_silent." in words
            assert "Plug 1: 3 V on the pilot, and the station stands indoors." in words
            assert max(map(len, seat.lines)) == 80
            assert picture_of(seat.app) == picture(name="now")


async def test_how_errors_came_and_went_is_listed_and_leads_to_the_cause(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await a_bad_day(core)
        async with sitting(core) as seat:
            await seat.press("5", "h")
            assert picture_of(seat.app) == picture(name="history")
            words = " ".join(seat.text.split())
            assert "2026-03-02 12:00 to 12:05, 3 times: 5000 Ohm stand for no cable" in words
            assert words.index("Since 2026-03-02 12:06") < words.index("3 times")
            local = await log_in(core, "local")
            await local.sim_fault(2, "meter_silent", on=False)
            seat.app.pulse()
            await seat.settle()
            assert "2026-03-02 12:06 to 03-03 08:00" in seat.text
            await seat.press("h")
            assert "Live, every 5 s" in seat.text
            await seat.press("h", "down", "enter")
            assert "[Meters]" in seat.text


async def test_a_station_that_never_had_an_error_says_so(tmp_path: Path) -> None:
    async with running_station("wallbox-rfid", tmp_path) as core, sitting(core, "user") as seat:
        await seat.press("5", "h")
        assert "No error was ever seen on this station." in seat.text
        await seat.press("enter", "f")
        assert "No error was ever seen" in seat.text
