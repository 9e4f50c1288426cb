"""The drop box in the Transfer dialog, on the disk of a station."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.drop_box.dialog_way import DropBoxWay
from console.drop_box.shelf import Shelf
from core.api import Station
from screens.file_channel import NotTransferred, WantedFile, offered_bytes
from tests.screens.sitting import sitting
from tests.screens.test_transfer import Files
from tests.stations import log_in, running_station


def put(folder: Path, name: str, content: bytes) -> None:
    upload = Shelf(folder, "admin", "incoming").receive(name)
    upload.write(0, content)
    upload.keep()


async def test_a_list_that_waits_is_chosen_looked_at_imported_and_gone(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.add_badge("3F420F", comment="Fleet")
        put(tmp_path, "fleet.csv", await admin.export_badges())
        put(tmp_path, "firmware.zip", b"PK")
        await admin.clear_badges()
        async with sitting(core) as seat:
            app = seat.app
            box = DropBoxWay(tmp_path, lambda: (app.visit.station, app.visit.person.account))
            app.files = Files((box,), box)
            await seat.press("3", "i", "d")
            assert "Files in the drop box" in seat.text
            assert "fleet.csv" in seat.text
            assert "firmware.zip" not in seat.text
            await seat.press("escape")
            assert "Fetch a file" in seat.text
            await seat.press("d", "enter", "r", "n")
            assert len(Shelf(tmp_path, "admin", "incoming").files()) == 2
            await seat.press("i", "d", "enter", "r", "y")
            assert "1 added, 0 changed, 0 removed, 0 unchanged." in seat.text
            assert "fleet.csv was removed from the drop box." in " ".join(seat.text.split())
            assert [file.name for file in Shelf(tmp_path, "admin", "incoming").files()] == ["firmware.zip"]
            await seat.press("i", "d")
            assert "Nothing waits in the drop box." in seat.text
            await seat.press("escape", "x", "d")
            assert "/export/screen-badges.csv" in seat.text
        with Shelf(tmp_path, "admin", "export").open("screen-badges.csv") as placed:
            assert placed.read() == await admin.export_badges()


async def test_a_newer_file_of_the_same_name_stays(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        put(tmp_path, "a.csv", b"old")
        way = DropBoxWay(tmp_path, lambda: (admin, "admin"))
        received = await way.receive(WantedFile(what="", largest=10, chosen="a.csv"), lambda: None)
        put(tmp_path, "a.csv", b"newer")
        assert received.take() == b"old"
        assert await received.settle() == ""
        assert Shelf(tmp_path, "admin", "incoming").file("a.csv").size == 5


async def test_who_cannot_log_in_by_sftp_has_no_drop_box(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local: Station = await log_in(core, "local")
        assert "SFTP" in DropBoxWay(tmp_path, lambda: (local, "local")).missing
        nobody = DropBoxWay(tmp_path, lambda: None)
        with pytest.raises(NotTransferred):
            await nobody.send(offered_bytes("a.csv", b""), lambda: None)
