"""The configuration as a file at the sub-tab General: sent, looked at, imported, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import sitting
from tests.screens.test_transfer import KeptFiles, at_a_station
from tests.stations import log_in, running_station


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


async def test_the_file_of_the_command_goes_out(tmp_path: Path) -> None:
    courier = KeptFiles()
    async with at_a_station(tmp_path, courier, tab="1") as (seat, core):
        assert "[ Import ] [ Export ]" in seat.text
        await seat.press("up", "question_mark")
        assert "Export gives every setting of the station as a file" in seat.text
        await seat.press("escape", "enter")
        assert "station.cfg" in seat.text
        assert "ssh admin@STATION config export > station.cfg" in seat.text
        await seat.press("c")
        expected = await (await log_in(core, "local")).export_config()
        assert courier.sent == [("station.cfg", expected)]


async def test_every_difference_is_shown_before_anything_changes(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    courier = KeptFiles(settled="station.cfg was removed from the drop box.")
    async with at_a_station(tmp_path, courier, tab="1") as (seat, core):
        local = await log_in(core, "local")
        await local.change_settings({"publication.smtp.password": "Canary-0451"})
        file = (await local.export_config()).replace(b"zone = UTC", b"zone = Europe/Paris")
        file = file.replace(b"192.168.0.102", b"192.168.0.60")
        courier.left = [file, file]
        await seat.press("up", "up", "enter", "c")
        assert picture_of(seat.app) == picture(name="differences")
        assert "192.168.0.102" in seat.text
        await seat.press("n")
        views = {view.key: view.value for view in await local.settings()}
        assert (views["time.zone"], views["network.ip_address"]) == ("UTC", "192.168.0.102")
        await seat.press("enter", "c", "tab", "tab", "enter")
        assert "192.168.0.60" not in seat.text
        await seat.press("y")
        assert "1 setting imported. station.cfg was removed from the drop box." in seat.text
        views = {view.key: view.value for view in await local.settings()}
        assert (views["time.zone"], views["network.ip_address"]) == ("Europe/Paris", "192.168.0.102")
        assert "Canary" not in seat.text


async def test_every_faulty_line_of_a_file_can_be_scrolled_to(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    courier = KeptFiles()
    async with at_a_station(tmp_path, courier, tab="1") as (seat, core):
        file = await (await log_in(core, "local")).export_config()
        wrong = "".join(f"surprise.number_{count} = 1\n" for count in range(16))
        courier.left = [file + wrong.encode()]
        await seat.press("up", "up", "enter", "c")
        assert "The file has 16 faults; every setting stays as it is." in seat.text
        assert picture_of(seat.app) == picture(name="faults")
        await seat.press(*["down"] * 6)
        assert "surprise.number_15" in seat.text


async def test_a_file_that_changes_nothing_has_nothing_to_import(tmp_path: Path) -> None:
    courier = KeptFiles()
    async with at_a_station(tmp_path, courier, tab="1") as (seat, core):
        courier.left = [await (await log_in(core, "local")).export_config()]
        await seat.press("up", "up", "enter", "c")
        assert "0 settings change" in seat.text
        assert "[ Import ]" not in seat.text.split("Import this configuration?")[1]


async def test_the_user_is_offered_neither(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        assert "Export" not in seat.text
