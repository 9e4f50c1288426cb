"""A package on a station: received, verified, written, postponed, taken back; and who may."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.drop_box.shelf import Shelf
from core.api import LogQuery, Station, Vehicle
from core.errors import Busy, Invalid, NotAllowed, NotFound
from core.firmware import marker
from core.firmware.slots import proved, started
from core.firmware.updating import result, update
from core.station import StationCore
from core.values.firmware import LARGEST_CHUNK
from tests.core.firmware.packages import FOREIGN, NOW, package, parts_of, public
from tests.dialogues.in_process import answer
from tests.stations import log_in, running_station

PROFILES = Path(__file__).parents[3] / "core" / "profiles"


def trusting(folder: Path, *, name: str = "parking-2") -> str:
    """A hardware profile in a file, that trusts the key of the tests."""
    path = folder / f"{name}.toml"
    shipped = (PROFILES / f"{name}.toml").read_text()
    path.write_text(f'{shipped}\n[firmware]\nkeys = ["{public()}"]\n')
    return str(path)


@asynccontextmanager
async def a_station(folder: Path) -> AsyncIterator[tuple[StationCore, Station]]:
    async with running_station(trusting(folder), folder / "data") as core:
        yield core, await log_in(core, "admin")


async def send(at: Station, content: bytes) -> None:
    await at.receive_firmware(b"", begin=True)
    for place in range(0, len(content), LARGEST_CHUNK):
        await at.receive_firmware(content[place : place + LARGEST_CHUNK])


async def test_a_package_is_verified_written_and_waits_for_the_restart(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (core, admin):
        await send(admin, package())
        seen = await admin.verify_firmware()
        assert (seen.version, seen.parts) == ("0.2.0", {"tool": "0.2.0"})
        assert seen.notes.startswith("What is new")
        assert (await admin.firmware()).state == "verified"
        await admin.install_firmware(seen.digest)
        assert await core.ended() == "restart"
    data = tmp_path / "data"
    waiting = marker.read_marker(data).waiting
    assert waiting is not None
    assert (waiting.slot, waiting.version, waiting.answering) == ("a", "0.2.0", (1, 2))
    slot = marker.slot_folder(data, "a")
    assert (slot / "core" / "__main__.py").read_text() == "print('other software')\n"
    assert list((slot / "core" / "__pycache__").glob("__main__*.pyc"))


async def test_what_became_of_it_is_told_and_logged_at_the_next_start(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (_core, admin):
        await send(admin, package(parts=parts_of("0.2.0", board=b"image", reader=b"image")))
        await admin.install_firmware((await admin.verify_firmware()).digest)
    data = tmp_path / "data"
    tried = started(marker.read_marker(data), whole=marker.whole_slots(data), installed="0.1.0")
    marker.write_marker(data, tried)
    async with a_station(tmp_path) as (core, admin):
        assert not core.parts.firmware.is_on_trial  # It runs from the installed program, not from the slot.
        assert (await admin.firmware()).state == "trial"
        core.parts.firmware.proved()
        status = await admin.firmware()
        assert status.outcome is not None
        assert (status.outcome.version, status.outcome.result) == ("0.2.0", "installed")
        assert [row.board for row in (await admin.hardware()).versions] == ["simulated 7.1"] * 2
        await core.parts.storage.flush()
        actions = [entry.action for entry in await admin.log(LogQuery(last=50))]
        assert {"firmware_written", "firmware_installed"} <= set(actions)


async def test_a_package_that_fails_verification_cannot_be_installed(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (_core, admin):
        good = package()
        await send(admin, good)
        digest = (await admin.verify_firmware()).digest
        await send(admin, good[:-1])
        with pytest.raises(NotFound):
            await admin.install_firmware(digest)
        with pytest.raises(Invalid):
            await admin.verify_firmware()
        with pytest.raises(NotFound):
            await admin.install_firmware(digest)
        assert not marker.firmware_folder(tmp_path / "data").exists()


async def test_what_is_swapped_after_the_verification_is_not_installed(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (core, admin):
        content = package()
        await send(admin, content)
        digest = (await admin.verify_firmware()).digest
        place = core.parts.firmware._place.now
        assert place is not None
        place.file.seek(content.index(b"core/__main__.py"))
        place.file.write(b"core/__evil__.py")  # As if another program had reached into the open file.
        with pytest.raises(Invalid, match=r"tool\.whl is not what the manifest says"):
            await admin.install_firmware(digest)
        assert (await admin.firmware()).waiting is None
        assert not list((tmp_path / "data").rglob("__evil__*"))


async def test_while_a_car_charges_it_is_refused_or_waits_and_can_be_taken_back(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (core, admin):
        await admin.sim_badge("04A1B2C3", 1)
        await admin.sim_plug(1, Vehicle())
        await send(admin, package())
        digest = (await admin.verify_firmware()).digest
        with pytest.raises(Busy, match="A charge is open at charge point 1"):
            await admin.install_firmware(digest)
        status = await admin.install_firmware(digest, when="when_free")
        assert (status.state, status.restarts_when_free) == ("waiting", True)
        assert (await admin.status()).station.restart_waiting is not None
        assert (await admin.withdraw_firmware()).state == "idle"
        assert (await admin.status()).station.restart_waiting is None
        with pytest.raises(NotFound):
            await admin.withdraw_firmware()
        await send(admin, package())
        await admin.install_firmware((await admin.verify_firmware()).digest, when="when_free")
        for reset in (admin.factory_reset, admin.erase_personal_data):
            with pytest.raises(Busy, match=r"Firmware 0\.2\.0 waits"):
                await reset("now")
        assert (await admin.take_back_restart()).purpose == "firmware"
        assert (await admin.firmware()).state == "idle"
        await send(admin, package())
        await admin.install_firmware((await admin.verify_firmware()).digest, when="when_free")
        await admin.sim_unplug(1)
        await core.tick()
        assert await core.ended() == "restart"


async def test_only_one_at_a_time_and_what_an_ended_session_sent_is_gone(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (core, admin):
        other = await log_in(core, "admin")
        await send(admin, package())
        with pytest.raises(Busy):
            await send(other, package())
        with pytest.raises(NotFound):
            await other.verify_firmware()
        await admin.log_out()
        await core.tick()
        assert (await other.firmware()).state == "idle"
        await send(other, package())
        assert (await other.verify_firmware()).version == "0.2.0"


async def test_a_station_that_trusts_nobody_takes_not_even_the_first_byte(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core, "admin")
        with pytest.raises(Invalid, match="trusts no key"):
            await admin.receive_firmware(b"", begin=True)


async def test_the_user_may_do_nothing_of_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        for call in (
            user.firmware(),
            user.receive_firmware(b"", begin=True),
            user.verify_firmware(),
            user.install_firmware(""),
            user.withdraw_firmware(),
        ):
            with pytest.raises(NotAllowed):
                await call


async def test_a_package_of_another_system_tells_its_states_and_its_result_once(
    tmp_path: Path,
) -> None:
    told: list[str] = []
    async with a_station(tmp_path) as (core, _admin):
        with pytest.raises(Invalid):
            await update(core.parts.firmware, io.BytesIO(package(key=FOREIGN)), told.append, source="ocpp")
        assert told == ["Downloaded", "InstallationFailed"]
        told.clear()
        await update(core.parts.firmware, io.BytesIO(package()), told.append, source="ocpp")
        assert told == ["Downloaded", "Installing"]
        assert result(core.parts.firmware, "ocpp") is None
    data = tmp_path / "data"
    tried = started(marker.read_marker(data), whole=marker.whole_slots(data), installed="0.1.0")
    marker.write_marker(data, proved(tried, NOW))
    async with a_station(tmp_path) as (core, _admin):
        assert result(core.parts.firmware, "ocpp") == "Installed"
        assert result(core.parts.firmware, "another") is None
        core.parts.firmware.reported()
        assert result(core.parts.firmware, "ocpp") is None


async def test_a_package_of_the_drop_box_is_installed_by_its_name(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (core, admin):
        shelf = Shelf(tmp_path / "data", "admin", "incoming")
        for name, content in (("right.zip", package()), ("wrong.zip", package(key=FOREIGN))):
            upload = shelf.receive(name)
            upload.write(0, content)
            upload.settle()
            upload.keep()
        refused = await answer(admin, "firmware install --file wrong.zip", tmp_path / "data")
        assert (refused.code, "not of a key" in refused.errors) == (3, True)
        seen = await answer(admin, "firmware verify --file right.zip --json", tmp_path / "data")
        assert seen.json["package"]["version"] == "0.2.0"
        assert len(shelf.files()) == 2
        done = await answer(admin, "firmware install --file right.zip", tmp_path / "data")
        assert done.code == 0, done.errors
        assert "right.zip was removed from the drop box." in done.errors
        assert [file.name for file in shelf.files()] == ["wrong.zip"]
        assert core.parts.ending.is_restarting


async def test_a_package_that_is_refused_stands_in_the_log(tmp_path: Path) -> None:
    async with a_station(tmp_path) as (core, admin):
        await send(admin, package(key=FOREIGN))
        with pytest.raises(Invalid):
            await admin.verify_firmware()
        await core.parts.storage.flush()
        (entry,) = [each for each in await admin.log(LogQuery(last=50)) if each.action == "firmware_refused"]
        assert (entry.account, "not of a key" in entry.subject) == ("admin", True)
