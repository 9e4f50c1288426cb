"""The maintenance report and the log go to a server that the central system names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import LogQuery
from core.ocpp.transfers.location import read_location
from core.ocpp.transfers.own_host import checking
from core.publication.parcel import Undelivered
from core.publication.transports.target import FileTarget
from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.ocpp.supervised import advance, is_answered, supervised, until
from tests.peers.authority import authority_pem, server_context, write_certificate
from tests.peers.cable import unused_port
from tests.peers.central import CentralSystem, Payload
from tests.peers.file_server import FileServer
from tests.peers.web_server import WebServer
from tests.stations import everything_in, log_in

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

CANARY = "Canary-passw0rd"
STATUS = "DiagnosticsStatusNotification"


async def states(central: CentralSystem, *expected: str, action: str = STATUS) -> None:
    """What the station has told of a file so far."""
    await central.heard(action, len(expected))
    assert [each["status"] for each in central.calls(action)] == list(expected)


async def test_the_report_lies_in_the_folder_of_the_file_server_under_the_name_that_was_answered(
    tmp_path: Path, central: CentralSystem
) -> None:
    served = tmp_path / "served"
    (served / "from stations").mkdir(parents=True)
    async with (
        FileServer(served, password=CANARY) as server,
        supervised(tmp_path / "data", central) as core,
    ):
        where = f"ftp://station:{CANARY}@127.0.0.1:{server.port}/from%20stations"
        name = (await central.call("GetDiagnostics", {"location": where}))["fileName"]
        await states(central, "Uploading", "Uploaded")
        text = (served / "from stations" / name).read_text()
        assert core.parts.profile.identity.serial_number_part_2 in text
        assert CANARY not in text
        assert CANARY not in repr(await (await log_in(core, "local")).log(LogQuery(last=1000)))
    assert CANARY.encode() not in everything_in(tmp_path / "data")


async def test_a_web_server_gets_it_encrypted_where_its_authority_is_trusted(
    tmp_path: Path, central: CentralSystem
) -> None:
    write_certificate(tmp_path)
    async with (
        WebServer(context=server_context(), password=CANARY) as server,
        supervised(tmp_path / "data", central) as core,
    ):
        order = {
            "location": f"https://station:{CANARY}@localhost:{server.port}{server.path}",
            "retries": 0,
        }
        await central.call("GetDiagnostics", order)
        await states(central, "Uploading", "UploadFailed")
        assert server.uploads == []
        trusted = {"supervision.ca_certificate": authority_pem()}
        await (await log_in(core, "local")).change_settings(trusted)
        name = (await central.call("GetDiagnostics", order))["fileName"]
        await states(central, "Uploading", "UploadFailed", "Uploading", "Uploaded")
        assert [each.name for each in server.uploads] == [name]


async def test_a_server_that_is_not_there_is_tried_again_as_often_as_was_said(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, ping_interval=0) as core:
        port = unused_port()
        order = {"location": f"http://127.0.0.1:{port}/", "retries": 1, "retryInterval": 30}
        await central.call("GetDiagnostics", order)
        await states(central, "Uploading")
        server = WebServer(path="/")
        server.port = port
        async with server:
            while not server.uploads:
                await advance(core, 10)
                await until(core, is_answered)
            await states(central, "Uploading", "Uploaded")


async def test_the_log_of_the_hours_that_are_asked_for_does_not_tell_who_charged(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with WebServer() as server, supervised(tmp_path, central) as core:
        await _charge_of("ANNAS-KEY", core)
        where = {"remoteLocation": f"http://127.0.0.1:{server.port}{server.path}"}
        wanted = {
            **where,
            "oldestTimestamp": "2026-03-02T11:00:00Z",
            "latestTimestamp": "2026-03-02T13:00:00Z",
        }
        order = {"logType": "SecurityLog", "requestId": 7}
        answer = await central.call("GetLog", {**order, "log": wanted})
        assert answer["status"] == "Accepted"
        await states(central, "Uploading", "Uploaded", action="LogStatusNotification")
        assert {each["requestId"] for each in central.calls("LogStatusNotification")} == {7}
        (upload,) = server.uploads
        assert upload.name == answer["filename"]
        assert b'"setting_changed"' in upload.content
        assert b"ANNAS-KEY" not in upload.content
        long_ago = {**where, "latestTimestamp": "2020-01-01T00:00:00Z"}
        await central.call("GetLog", {**order, "log": long_ago})
        await central.heard("LogStatusNotification", 4)
        assert server.uploads[1].content == b""


async def test_the_next_order_takes_the_place_of_one_that_goes_nowhere(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with WebServer() as server, supervised(tmp_path, central):
        order = {"logType": "DiagnosticsLog", "retries": 5}
        nobody = {"remoteLocation": f"http://127.0.0.1:{unused_port()}/"}
        answer = await central.call("GetLog", {**order, "requestId": 1, "log": nobody})
        assert answer["status"] == "Accepted"
        await states(central, "Uploading", action="LogStatusNotification")
        somebody = {"remoteLocation": f"http://127.0.0.1:{server.port}{server.path}"}
        answer = await central.call("GetLog", {**order, "requestId": 2, "log": somebody})
        assert answer["status"] == "AcceptedCanceled"
        await states(central, "Uploading", "Uploading", "Uploaded", action="LogStatusNotification")
        assert [each["requestId"] for each in central.calls("LogStatusNotification")] == [1, 2, 2]


async def _charge_of(uid: str, core: StationCore) -> None:
    await core.parts.charging.sim_plug(1, Vehicle(demand=16.0))
    await core.parts.charging.remote_start(1, uid)
    await core.tick()


async def test_how_it_stands_is_told_whenever_the_central_system_asks(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        assert await central.call("TriggerMessage", {"requestedMessage": STATUS}) == {"status": "Accepted"}
        assert await central.heard(STATUS) == {"status": "Idle"}


REFUSED = (
    "file:///etc/passwd",
    "sftp://example.org/",
    "gopher://example.org/",
    "http:///nowhere",
    "https://example.org:99999/",
    "ftp://example.org/a%0d%0aDELE%20b",
    "ftp://a%0ab:c@example.org/",
    f"http://example.org/{'x' * 600}",
)


@pytest.mark.parametrize("location", REFUSED)
def test_only_servers_of_known_kinds_are_reached(location: str) -> None:
    with pytest.raises(ValueError, match=r"not a URL|only|no server"):
        read_location(location)


@given(st.one_of(st.text(), st.from_regex(r"(ftps?|https?)://[ -~]{0,60}", fullmatch=True)))
def test_whatever_stands_there_is_a_server_of_a_known_kind_or_refused(location: str) -> None:
    try:
        target = read_location(location)
    except ValueError:
        return
    assert target.host
    assert 0 < target.port < 65536
    told = target.folder if isinstance(target, FileTarget) else target.path
    assert told.isprintable()


OWN = (
    "127.0.0.1",
    "localhost",
    "127.8.9.1",
    "[::1]",
    "[::]",
    "169.254.1.1",
    "[fe80::1]",
    "[::ffff:127.0.0.1]",
)


@pytest.mark.parametrize("host", OWN)
async def test_the_station_itself_is_no_server_of_the_supervision(host: str) -> None:
    target = read_location(f"http://{host}:8080/")
    with pytest.raises(Undelivered, match="is this station itself"):
        await checking(lambda: "wss://192.0.2.20/ocpp")(target)
    await checking(lambda: "ws://127.0.0.1:9000/ocpp")(target)


async def test_a_server_of_the_network_is_one() -> None:
    await checking(lambda: "wss://central.example.org/ocpp")(read_location("ftp://192.168.1.7/"))


async def test_a_location_of_another_kind_is_refused_in_words(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central):
        answer: Payload = await central.call("GetDiagnostics", {"location": REFUSED[0]})
        assert answer == {
            "error": "PropertyConstraintViolation",
            "said": "location: only FTP,FTPS,HTTP,HTTPS",
        }
