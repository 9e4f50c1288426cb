"""The page of Date and time: setting the clock, finding a zone, the time server."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.core.timekeeping.keeping_time import PATIENT, station_with
from tests.peers.time_server import TimeServer
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import Sitting, sitting
from tests.stations import running_station

CLEAR = ("ctrl+u",)


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


async def open_page(seat: Sitting) -> None:
    seat.app.open_page("configuration", "time")
    await seat.settle()


async def set_now(seat: Sitting, day: str, time: str) -> None:
    """From the first setting back to the date, type both, press the button."""
    await seat.press("shift+tab", "shift+tab", "shift+tab", *CLEAR)
    await seat.type(day)
    await seat.press("tab", *CLEAR)
    await seat.type(time)
    await seat.press("tab", "enter")


async def test_the_clock_is_set_by_hand_in_local_time(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await open_page(seat)
        assert "2026-03-02 12:00:00 UTC (UTC+00:00)" in seat.text
        assert "[2026-03-02" in seat.text
        assert picture_of(seat.app) == picture(name="manual")
        await set_now(seat, "2026-04-05", "06:07:08")
        assert "2026-04-05 06:07:08 UTC" in seat.text
        assert "The clock is set: 2026-04-05 06:07:08 (was 2026-03-02 12:00:00)." in seat.text


async def test_what_cannot_be_is_said_whole_and_what_was_typed_stays(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.app.visit.station.change_settings({"time.zone": "Europe/Paris"})
        await open_page(seat)
        await set_now(seat, "2026-10-25", "02:30")
        assert "02:30 comes twice in Europe/Paris on that day." in seat.text
        assert "[2026-10-25" in seat.text
        assert picture_of(seat.app) == picture(name="twice")


async def test_a_zone_is_found_by_a_part_of_its_name(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await open_page(seat)
        seat.app.open_page("configuration", "time", key="time.zone")
        await seat.settle()
        await seat.press("enter")
        await seat.type("york")
        assert "America/New_York" in seat.text
        assert "UTC-05:00" in seat.text
        assert picture_of(seat.app) == picture(name="zones")
        await seat.press("enter")
        assert "1 UNSAVED CHANGE" in seat.text
        await seat.press("ctrl+o")
        assert "2026-03-02 07:00:00 America/New_York (UTC-05:00)" in seat.text
        assert "[07:00:00" in seat.text
        assert "Next clock change 2026-03-08: from 02:00 to 03:00 (UTC-04:00)." in seat.text


async def test_the_time_server_is_tested_before_it_is_saved_then_followed(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    with TimeServer() as server:
        async with station_with(tmp_path, server.port) as core, sitting(core) as seat:
            core.parts.timekeeping.manners = PATIENT
            await open_page(seat)
            await seat.press("space")
            assert "[ Test time server ]" in seat.text
            await seat.press("shift+tab", "enter")
            assert "OK      Find 127.0.0.1" in seat.text
            assert "The server gives the time. The clock was not set." in seat.text
            await seat.press("enter", "ctrl+o")
            assert "[ Synchronise ]" in seat.text
            assert "Set now" not in seat.text
            server.stratum = 16
            await seat.press("shift+tab", "enter")
            assert "the server says that its own clock is not set" in seat.text
            assert "No time from pool.ntp.org." in seat.text
            assert picture_of(seat.app) == picture(name="failing")


async def test_a_machine_that_keeps_its_clock_itself_is_said_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.timekeeping.drivers.SimulatedClockDriver.keeper", lambda _driver: "chrony")
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("configuration", "time")
        await seat.settle()
        assert "chrony keeps the clock of this machine; the station only compares." in seat.text
