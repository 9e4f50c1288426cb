"""The central system has a package of firmware fetched and installed, and hears once what became of it."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from core.firmware import marker
from core.firmware.slots import proved, returned, started
from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.firmware.packages import FOREIGN, NOW, package
from tests.core.firmware.test_installing import trusting
from tests.core.ocpp.supervised import advance, is_quiet, supervised, until
from tests.peers.cable import unused_port
from tests.peers.central import CentralSystem
from tests.peers.file_server import FileServer
from tests.peers.web_server import WebServer
from tests.stations import everything_in, log_in, running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

CANARY = "Canary-passw0rd"
STATUS = "FirmwareStatusNotification"
AT_ONCE = "2026-03-02T12:00:00Z"
WRITTEN = ("Downloading", "Downloaded", "Installing")


async def states(central: CentralSystem, *expected: str) -> None:
    """What the station has told of firmware so far."""
    await central.heard(STATUS, len(expected))
    assert [each["status"] for each in central.calls(STATUS)] == list(expected)


@asynccontextmanager
async def a_station(tmp_path: Path, central: CentralSystem) -> AsyncIterator[StationCore]:
    """A station that trusts the key of the tests."""
    async with supervised(tmp_path / "data", central, trusting(tmp_path), ping_interval=0) as core:
        yield core


@asynccontextmanager
async def again(tmp_path: Path, central: CentralSystem) -> AsyncIterator[StationCore]:
    """The same station after a restart, linked and quiet again."""
    before = len(central.calls("StatusNotification"))
    async with running_station(trusting(tmp_path), tmp_path / "data") as core:
        await core.tick()
        await central.heard("StatusNotification", before + core.parts.profile.charge_points + 1)
        await until(core, is_quiet)
        yield core


def restarted(data: Path, *, works: bool) -> None:
    """What the launcher and the proof of the new software leave on the disk."""
    tried = started(marker.read_marker(data), whole=marker.whole_slots(data), installed="0.1.0")
    marker.write_marker(data, proved(tried, NOW) if works else returned(tried, "it died", NOW))


async def order(central: CentralSystem, location: str, at: str = AT_ONCE, **more: int) -> None:
    assert await central.call("UpdateFirmware", {"location": location, "retrieveDate": at, **more}) == {}


@pytest.mark.parametrize("works", [True, False])
async def test_a_package_is_fetched_written_and_its_result_told_once_after_the_restart(
    tmp_path: Path, central: CentralSystem, works: bool
) -> None:
    async with WebServer(password=CANARY) as server, a_station(tmp_path, central) as core:
        server.offered = package()
        await order(central, f"http://station:{CANARY}@127.0.0.1:{server.port}{server.path}")
        await states(central, *WRITTEN)
        assert await core.ended() == "restart"
    data = tmp_path / "data"
    restarted(data, works=works)
    ended = "Installed" if works else "InstallationFailed"
    async with again(tmp_path, central) as core:
        await states(central, *WRITTEN, ended)
        await until(core, is_quiet)
    async with again(tmp_path, central) as core:
        await until(core, is_quiet)
        await states(central, *WRITTEN, ended)
    assert CANARY.encode() not in everything_in(data)


async def test_while_a_car_charges_the_new_software_waits_and_who_withdraws_it_is_told_of(
    tmp_path: Path, central: CentralSystem
) -> None:
    served = tmp_path / "served"
    served.mkdir()
    (served / "new.zip").write_bytes(package())
    async with FileServer(served, password=CANARY) as server, a_station(tmp_path, central) as core:
        await core.parts.charging.sim_plug(1, Vehicle(demand=16.0))
        await central.call("RemoteStartTransaction", {"connectorId": 1, "idTag": "ANNA"})
        await central.heard("StartTransaction")
        await order(central, f"ftp://station:{CANARY}@127.0.0.1:{server.port}/new.zip")
        await states(central, *WRITTEN)
        while core.parts.ending.waiting is None:
            await until(core, is_quiet)
        assert not core.parts.ending.is_restarting
        assert await central.call("TriggerMessage", {"requestedMessage": STATUS}) == {"status": "Accepted"}
        await states(central, *WRITTEN, "Installing")
        await (await log_in(core, "local")).withdraw_firmware()
        await core.tick()
        await states(central, *WRITTEN, "Installing", "InstallationFailed")


async def test_what_is_not_of_a_trusted_key_is_not_installed(tmp_path: Path, central: CentralSystem) -> None:
    async with WebServer() as server, a_station(tmp_path, central) as core:
        server.offered = package(key=FOREIGN)
        await order(central, f"http://127.0.0.1:{server.port}{server.path}")
        await states(central, "Downloading", "Downloaded", "InstallationFailed")
        assert not core.parts.ending.is_restarting
        server.offered = package()
        await order(central, f"http://127.0.0.1:{server.port}{server.path}")
        await central.until(lambda: central.calls(STATUS)[-1]["status"] == "Installing")


async def test_it_is_fetched_when_its_time_has_come_over_a_restart_and_as_often_as_was_said(
    tmp_path: Path, central: CentralSystem
) -> None:
    nobody = f"http://127.0.0.1:{unused_port()}/new.zip"
    async with a_station(tmp_path, central) as core:
        await order(central, nobody, "2026-03-02T12:05:00Z", retries=1, retryInterval=30)
        await advance(core, 200)
        await until(core, is_quiet)
        assert central.calls(STATUS) == []
    async with again(tmp_path, central) as core:
        await advance(core, 200)
        assert central.calls(STATUS) == []
        await advance(core, 101)
        await states(central, "Downloading")
        while len(central.calls(STATUS)) < 2:
            await advance(core, 10)
            await until(core, is_quiet)
        await states(central, "Downloading", "DownloadFailed")


async def test_a_file_that_is_too_large_is_not_fetched_to_its_end(
    tmp_path: Path, central: CentralSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.ocpp.transfers.updating.LARGEST_PACKAGE", 1000)
    async with WebServer() as server, a_station(tmp_path, central):
        server.offered = b"x" * 1001
        await order(central, f"http://127.0.0.1:{server.port}{server.path}", retries=0)
        await states(central, "Downloading", "DownloadFailed")


async def test_without_room_for_the_file_the_download_has_failed(
    tmp_path: Path, central: CentralSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with a_station(tmp_path, central):
        monkeypatch.setattr("core.ocpp.transfers.updating.tempfile.TemporaryFile", no_room)
        await order(central, "http://127.0.0.1/new.zip")
        await states(central, "DownloadFailed")


async def test_a_death_while_it_is_written_is_told_as_its_failure(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with a_station(tmp_path, central) as core:
        await order(central, "http://127.0.0.1/new.zip", "2026-03-02T13:00:00Z")
        kept = core.parts.supervision.updating._order
        assert kept is not None
        lost = msgspec.structs.replace(kept, installing=True)
        await core.parts.supervision.updating._kept.keep("update", lost)
    for _ in range(2):
        async with again(tmp_path, central) as core:
            await states(central, "InstallationFailed")
            await until(core, is_quiet)


async def test_a_folder_is_no_package(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central):
        answer = await central.call(
            "UpdateFirmware", {"location": "ftp://example.org/folder/", "retrieveDate": AT_ONCE}
        )
        assert answer == {"error": "PropertyConstraintViolation", "said": "location: no file"}
