"""The link to the central system: registering, staying alive, coming back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.ocpp.supervised import advance, by_ocpp, set_up, supervised, until
from tests.peers.central import NOON, CentralSystem
from tests.stations import running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")


async def test_a_station_that_starts_registers_and_tells_what_it_is(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        assert central.actions() == ["BootNotification"] + ["StatusNotification"] * 3
        assert await central.heard("BootNotification") == {
            "chargePointVendor": "evtty",
            "chargePointModel": "PK2-T2-32",
            "chargePointSerialNumber": "4K261120417A2P2T232000041",
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
        await advance(core, 600)
        await until(core, lambda status: status.state == "connected")
        await core.tick()
        assert not core.parts.causes.is_active(30)
