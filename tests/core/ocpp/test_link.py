"""The link to the central system: registering, staying alive, coming back."""

from __future__ import annotations

import asyncio
import base64
import json
from functools import partial
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from tests.core.ocpp.supervised import advance, by_ocpp, come_back, set_up, supervised, until
from tests.peers.cable import unused_port
from tests.peers.central import NOON, CentralSystem
from tests.stations import log_in, running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")


async def test_a_station_that_starts_registers_and_tells_what_it_is(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        assert central.actions() == ["BootNotification"] + ["StatusNotification"] * 3
        assert await central.heard("BootNotification") == {
            "chargePointVendor": "evtty",
            "chargePointModel": "PK2-T2-32",
            "chargePointSerialNumber": "K261120417A2P2T2320000417",
            "chargeBoxSerialNumber": "EVT-PK2-000417",
            "firmwareVersion": "0.1.0",
            "meterType": "simulated",
        }
        assert [
            (told["connectorId"], told["status"], told["errorCode"])
            for told in central.calls("StatusNotification")
        ] == [(0, "Available", "NoError"), (1, "Available", "NoError"), (2, "Available", "NoError")]


async def test_heartbeats_come_at_the_interval_of_the_central_system(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await advance(core, 299)
        await advance(core, 1)
        await central.heard("Heartbeat")
        assert len(central.calls("Heartbeat")) == 1


async def test_while_pending_only_what_was_triggered_is_said(tmp_path: Path, central: CentralSystem) -> None:
    central.answers["BootNotification"] = lambda _: {"status": "Pending", "currentTime": NOON, "interval": 20}
    async with running_station("parking-2", tmp_path) as core:
        await set_up(core, by_ocpp(central))
        await until(core, lambda status: status.state == "pending")
        await advance(core, 19)
        trigger = {"requestedMessage": "StatusNotification", "connectorId": 1}
        assert await central.call("TriggerMessage", trigger) == {"status": "Accepted"}
        await central.heard("StatusNotification")
        assert central.actions() == ["BootNotification", "StatusNotification"]
        del central.answers["BootNotification"]
        central.answers["BootNotification"] = lambda _: {
            "status": "Accepted",
            "currentTime": NOON,
            "interval": 0,
        }
        await advance(core, 1)
        await central.heard("BootNotification", 2)
        await central.heard("StatusNotification", 3)


async def test_a_station_that_is_rejected_says_nothing_before_the_interval(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["BootNotification"] = lambda _: {
        "status": "Rejected",
        "currentTime": NOON,
        "interval": 90,
    }
    async with running_station("parking-2", tmp_path) as core:
        await set_up(core, by_ocpp(central))
        status = await until(core, lambda status: status.state == "rejected")
        assert status.said.startswith("The central system refuses this station.")
        await central.closed()
        await advance(core, 88)
        assert central.actions() == ["BootNotification"]
        await advance(core, 2)
        await central.heard("BootNotification", 2)


async def test_a_link_that_breaks_off_is_opened_again_without_registering_anew(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, reconnect_interval=1) as core:
        central.drop()
        status = await until(core, lambda status: status.state == "waiting")
        assert (status.step, status.said) == ("Link", "The link broke off.")
        await advance(core, 1)
        await central.heard("Heartbeat")
        await until(core, lambda status: status.state == "connected")
        assert central.actions() == ["BootNotification"] + ["StatusNotification"] * 3 + ["Heartbeat"]


async def test_err_30_is_raised_once_the_link_is_lost_for_longer_than_an_answer_may_take(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, reconnect_interval=1, message_timeout=30) as core:
        await central.door(status=503)
        central.drop()
        await until(core, lambda status: status.state == "waiting")
        await advance(core, 29)
        assert not core.parts.causes.is_active(30)
        await until(core, lambda status: status.step == "Speak OCPP")
        await advance(core, 1)
        (error,) = [each for each in core.parts.causes.active() if each.number == 30]
        assert error.cause == (
            "Speak OCPP: 127.0.0.1 is not ready at the moment. It is tried again later. (Answer 503)"
        )
        await central.door()
        await come_back(core)
        await core.tick()
        assert not core.parts.causes.is_active(30)


async def deaf_from_the_fifth_call(over: asyncio.Event, connection: ServerConnection) -> None:
    """Registers a station and takes its statuses; then nothing is read any more, until it is `over`."""
    for number in range(4):
        _, asked, *_ = json.loads(await connection.recv())
        answer = {"status": "Accepted", "currentTime": NOON, "interval": 300} if number == 0 else {}
        await connection.send(json.dumps([3, asked, answer]))
    connection.transport.pause_reading()
    await over.wait()
    connection.transport.abort()


async def test_a_link_on_which_nothing_is_heard_any_more_is_given_up(
    tmp_path: Path, central: CentralSystem
) -> None:
    over = asyncio.Event()
    deaf = partial(deaf_from_the_fifth_call, over)
    async with (
        serve(deaf, "127.0.0.1", 0, subprotocols=[Subprotocol("ocpp1.6")]) as server,
        running_station("parking-2", tmp_path) as core,
    ):
        port = server.sockets[0].getsockname()[1]
        await set_up(
            core,
            by_ocpp(central, primary_url=f"ws://127.0.0.1:{port}/", ping_interval=10, message_timeout=5),
        )
        await until(core, lambda status: len(status.messages) == 8)
        await advance(core, 9)
        assert core.parts.supervision.status().state == "connected"
        await advance(core, 2)
        await advance(core, 6)
        status = await until(core, lambda status: status.state == "waiting")
        assert status.said == "It did not answer within 5 s."
        over.set()


async def test_the_secondary_server_is_used_while_the_primary_does_not_answer(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        closed = f"ws://127.0.0.1:{unused_port()}/"
        await set_up(core, by_ocpp(central, primary_url=closed, secondary_url=central.url))
        status = await until(core, lambda status: status.state == "connected")
        assert status.server == "secondary"
        assert (await (await log_in(core, "local")).status()).links["supervision"] == "connected"


async def test_neither_key_nor_log_in_is_logged_however_much_is(
    tmp_path: Path, central: CentralSystem, caplog: pytest.LogCaptureFixture
) -> None:
    key = "canary-0123456789abcdef"
    caplog.set_level("DEBUG")
    async with running_station("parking-2", tmp_path) as core:
        await set_up(core, by_ocpp(central, security_profile="1", authorization_key=key))
        await until(core, lambda status: status.state == "connected")
        central.drop()
        await until(core, lambda status: status.state == "waiting")
    assert central.of("upgrade")[0]["password"] == key
    log_in_sent = base64.b64encode(f"{central.identity}:{key}".encode()).decode()
    assert key not in caplog.text
    assert log_in_sent not in caplog.text


async def test_changed_settings_lead_to_another_link_and_none_to_no_link(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await set_up(core, {"supervision.primary_url": central.url.replace("/ocpp", "/other")})
        await central.connected(2)
        await central.heard("BootNotification", 2)
        assert [each["endpoint"] for each in central.of("upgrade")] == ["/ocpp", "/other"]
        await set_up(
            core, {"supervision.protocol": "none", "general.authentication_location": "charging_station"}
        )
        await until(core, lambda status: status.state == "off")
        await central.closed(2)
        assert "supervision" not in (await (await log_in(core, "local")).status()).links
