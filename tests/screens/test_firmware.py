"""The page Firmware: versions, a package with its notes, refused, postponed, left aside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.api import Vehicle
from core.firmware import marker
from core.firmware.slots import returned, started
from core.station import StationCore
from tests.core.firmware.packages import FOREIGN, package
from tests.core.firmware.test_installing import trusting
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import Sitting, sitting
from tests.screens.test_transfer import Files, KeptFiles
from tests.stations import log_in, running_station


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


@asynccontextmanager
async def at_the_page(folder: Path, *left: bytes) -> AsyncIterator[tuple[Sitting, StationCore]]:
    """Somebody on the page, whose terminal brings these files, the last one first."""
    async with running_station(trusting(folder), folder / "data") as core, sitting(core) as seat:
        seat.app.files = Files((KeptFiles(left=list(left)),))
        seat.app.open_page("maintenance", "firmware")
        await seat.settle()
        yield seat, core


async def test_a_package_s_notes_are_shown_before_it_is_written(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    async with at_the_page(tmp_path, package(), package()) as (seat, core):
        assert picture_of(seat.app) == picture(name="page")
        await seat.press("enter")
        assert "Without the console: ssh admin@STATION firmware install < FILE" in seat.text
        await seat.press("c")
        assert picture_of(seat.app) == picture(name="notes")
        await seat.press("n")
        assert core.parts.firmware.status().state == "idle"
        assert not marker.firmware_folder(tmp_path / "data").exists()
        await seat.press("enter", "c", "y")
        assert core.parts.ending.is_restarting
        assert core.parts.firmware.slots.waiting is not None


async def test_a_file_that_is_taken_out_while_the_station_restarts_leaves_the_session_alive(
    tmp_path: Path,
) -> None:
    async with at_the_page(tmp_path, package()) as (seat, core):
        seat.app.files = Files((KeptFiles(left=[package()], lost=True),))
        await seat.press("enter", "c", "y")
        assert core.parts.ending.is_restarting
        assert seat.app.is_running


async def test_a_package_that_is_not_accepted_says_why(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with at_the_page(tmp_path, package(key=FOREIGN)) as (seat, core):
        await seat.press("enter", "c")
        assert picture_of(seat.app) == picture(name="refused")
        await seat.press("enter")
        assert core.parts.firmware.status().state == "idle"


async def test_while_a_car_charges_it_waits_and_can_be_left_aside(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    async with at_the_page(tmp_path, package()) as (seat, core):
        local = await log_in(core, "local")
        await local.sim_badge("04A1B2C3", 1)
        await local.sim_plug(1, Vehicle())
        await seat.press("enter", "c", "tab", "enter")
        said = " ".join(seat.text.split())
        assert "Version 0.2.0 is written and waits for the restart when no charge is open." in said
        assert picture_of(seat.app) == picture(name="waits")
        await seat.press("tab", "enter")
        assert "Left aside. What runs goes on." in seat.text
        assert (await local.firmware()).state == "idle"


async def test_a_version_that_was_left_again_says_why(tmp_path: Path) -> None:
    async with at_the_page(tmp_path, package()) as (seat, _core):
        await seat.press("enter", "c", "y")
    data = tmp_path / "data"
    tried = started(marker.read_marker(data), whole=marker.whole_slots(data), installed="0.1.0")
    marker.write_marker(data, returned(tried, "its console does not start (code 1)"))
    async with at_the_page(tmp_path) as (seat, core):
        assert "did not work and was left again: its console does not start (code 1)." in " ".join(
            seat.text.split()
        )
        errors = [error.name for error in (await (await log_in(core, "local")).status()).errors]
        assert "New firmware left again" in errors
