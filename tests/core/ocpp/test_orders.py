"""What the central system orders: starting, stopping, unlocking, availability, reset, configuration."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.api import LogQuery
from core.station import StationCore
from tests.core.ocpp.charges import ANNA, plug
from tests.core.ocpp.supervised import advance, is_quiet, set_up, supervised, until
from tests.peers.central import NOON, CentralSystem
from tests.stations import running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}


async def charging(core: StationCore, central: CentralSystem, point: int = 1) -> int:
    """A charge that the central system has started itself; its number."""
    await plug(core, point)
    order = {"connectorId": point, "idTag": ANNA}
    assert await central.call("RemoteStartTransaction", order) == ACCEPTED
    await central.heard("StartTransaction")
    await until(core, is_quiet)
    return central.last_transaction


async def test_a_remote_start_with_the_cable_in_charges_and_a_remote_stop_ends_it(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        number = await charging(core, central)
        assert central.calls("StartTransaction")[0]["idTag"] == ANNA
        assert central.calls("Authorize") == []
        assert await central.call("RemoteStopTransaction", {"transactionId": 999}) == REJECTED
        assert await central.call("RemoteStopTransaction", {"transactionId": number}) == ACCEPTED
        assert (await central.heard("StopTransaction"))["reason"] == "Remote"


async def test_a_remote_start_before_the_cable_waits_for_it_and_no_longer_than_configured(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await central.call("ChangeConfiguration", {"key": "ConnectionTimeOut", "value": "40"})
        assert await central.call("RemoteStartTransaction", {"connectorId": 2, "idTag": ANNA}) == ACCEPTED
        await advance(core, 39)
        await plug(core, 2)
        assert (await central.heard("StartTransaction"))["connectorId"] == 2
        await until(core, is_quiet)
        assert await central.call("RemoteStartTransaction", {"connectorId": 1, "idTag": "BERT"}) == ACCEPTED
        await advance(core, 41)
        await plug(core, 1)
        await until(core, is_quiet)
        assert len(central.calls("StartTransaction")) == 1


async def test_the_profile_that_comes_with_a_remote_start_limits_its_charge(
    tmp_path: Path, central: CentralSystem
) -> None:
    profile = {
        "chargingProfileId": 1,
        "stackLevel": 0,
        "chargingProfilePurpose": "TxProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": {
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10.0}],
        },
    }
    order = {"connectorId": 1, "idTag": ANNA, "chargingProfile": profile}
    async with supervised(tmp_path, central) as core:
        await set_up(core, {"energy.external_control": "yes"})
        wrong = {**profile, "chargingProfilePurpose": "TxDefaultProfile"}
        assert await central.call("RemoteStartTransaction", {**order, "chargingProfile": wrong}) == REJECTED
        assert await central.call("RemoteStartTransaction", order) == ACCEPTED
        await plug(core)
        await central.heard("StartTransaction")
        points = core.parts.charging.charge_points
        await until(core, lambda _: points()[0].offered_current == 10)


async def test_with_authorize_remote_tx_requests_the_central_system_is_asked_first(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["Authorize"] = lambda _: {"idTagInfo": {"status": "Blocked"}}
    async with supervised(tmp_path, central) as core:
        await central.call("ChangeConfiguration", {"key": "AuthorizeRemoteTxRequests", "value": "true"})
        await plug(core)
        assert await central.call("RemoteStartTransaction", {"connectorId": 1, "idTag": ANNA}) == ACCEPTED
        assert await central.heard("Authorize") == {"idTag": ANNA}
        await until(core, is_quiet)
        assert central.calls("StartTransaction") == []


async def test_orders_for_a_charge_point_that_there_is_not_are_rejected(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        for connector in (0, 3, -1):
            order = {"connectorId": connector, "idTag": ANNA}
            assert await central.call("RemoteStartTransaction", order) == REJECTED
            unlocked = await central.call("UnlockConnector", {"connectorId": connector})
            assert unlocked == {"status": "NotSupported"}


async def test_nothing_is_started_while_the_station_is_not_accepted(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        central.answers["BootNotification"] = lambda _: {
            "status": "Pending",
            "currentTime": NOON,
            "interval": 60,
        }
        await central.call("TriggerMessage", {"requestedMessage": "BootNotification"})
        await until(core, lambda status: status.state == "pending")
        await plug(core)
        assert await central.call("RemoteStartTransaction", {"connectorId": 1, "idTag": ANNA}) == REJECTED


async def test_unlocking_ends_the_charge_and_lets_the_cable_go(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await charging(core, central)
        unlocking = asyncio.create_task(central.call("UnlockConnector", {"connectorId": 1}))
        assert (await central.heard("StopTransaction"))["reason"] == "UnlockCommand"
        assert await unlocking == {"status": "Unlocked"}


async def test_a_charge_point_out_of_service_says_so_and_stays_so_over_a_restart(
    tmp_path: Path, central: CentralSystem
) -> None:
    off, on = {"connectorId": 2, "type": "Inoperative"}, {"connectorId": 0, "type": "Operative"}
    async with supervised(tmp_path, central) as core:
        assert await central.call("ChangeAvailability", off) == ACCEPTED
        await core.tick()
        await central.until(lambda: central.status_of(2) == "Unavailable")
        (_, second) = core.parts.charging.charge_points()
        assert "Unavailable_OCPP_Cmd_Received" in second.evse_status
    async with running_station("parking-2", tmp_path) as core:
        await central.heard("BootNotification", 2)
        await until(core, is_quiet)
        await central.until(lambda: len(central.calls("StatusNotification")) >= 7)
        assert central.status_of(2) == "Unavailable"
        assert await central.call("ChangeAvailability", on) == ACCEPTED
        await core.tick()
        await central.until(lambda: central.status_of(2) == "Available")
        await charging(core, central)
        off_station = {"connectorId": 0, "type": "Inoperative"}
        assert await central.call("ChangeAvailability", off_station) == {"status": "Scheduled"}
        assert await central.call("ChangeAvailability", {**off_station, "connectorId": 9}) == REJECTED


@pytest.mark.parametrize(("kind", "reason"), [("Soft", "SoftReset"), ("Hard", "HardReset")])
async def test_a_reset_ends_charges_with_its_reason_and_restarts(
    kind: str, reason: str, tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await charging(core, central)
        assert await central.call("Reset", {"type": kind}) == ACCEPTED
        await core.tick()
        if kind == "Soft":
            await central.heard("StopTransaction")
            await until(core, is_quiet)
            await advance(core, 1)
        assert await core.ended() == "restart"
    async with running_station("parking-2", tmp_path):
        stopped = await central.heard("StopTransaction")
        assert (stopped["transactionId"], stopped["reason"]) == (central.last_transaction, reason)
        await central.heard("BootNotification", 2)
        assert len(central.calls("StopTransaction")) == 1


async def test_the_configuration_is_read_and_changed_by_its_keys(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        found = (await central.call("GetConfiguration"))["configurationKey"]
        keys = {each["key"]: (each.get("value"), each["readonly"]) for each in found}
        assert keys["NumberOfConnectors"] == ("2", True)
        assert keys["ConnectorPhaseRotation"] == ("0.Unknown,1.RST,2.RST", True)
        assert keys["HeartbeatInterval"] == ("300", False)
        assert keys["AuthorizationKey"] == (None, False)
        some = await central.call("GetConfiguration", {"key": ["heartbeatinterval", "Nothing"]})
        assert [each["key"] for each in some["configurationKey"]] == ["HeartbeatInterval"]
        assert some["unknownKey"] == ["Nothing"]
        for key, value, outcome in (
            ("HeartbeatInterval", "30", "Accepted"),
            ("HeartbeatInterval", "soon", "Rejected"),
            ("NumberOfConnectors", "3", "Rejected"),
            ("Nothing", "1", "NotSupported"),
            ("MeterValuesSampledData", "Energy.Active.Import.Register,Temperature", "Rejected"),
            ("WebSocketPingInterval", "15", "Accepted"),
            ("LocalPreAuthorize", "TRUE", "Accepted"),
            ("SecurityProfile", "3", "Rejected"),
        ):
            changed = await central.call("ChangeConfiguration", {"key": key, "value": value})
            assert (key, changed["status"]) == (key, outcome)
        (logged,) = [
            each for each in await core.parts.audit.entries(LogQuery()) if each.action == "ocpp_key_changed"
        ]
        assert (logged.subject, logged.old, logged.new) == ("HeartbeatInterval", "300", "30")
        assert (logged.account, logged.origin) == ("local", "local supervision")
        settings = core.parts.settings
        assert settings.number("supervision.ping_interval") == 15
        assert settings.text("supervision.authorisation_order") == "local_first"
        await advance(core, 30)
        await central.heard("Heartbeat")
    async with running_station("parking-2", tmp_path):
        await central.heard("BootNotification", 2)
        kept = await central.call("GetConfiguration", {"key": ["LocalPreAuthorize"]})
        assert kept["configurationKey"][0]["value"] == "true"


async def test_the_cache_is_cleared(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central, profile="parking-2") as core:
        await core.parts.charging.present_badge(ANNA)
        await central.heard("Authorize")
        await until(core, is_quiet)
        assert await central.call("ClearCache") == ACCEPTED
        remembered = await core.parts.storage.read(
            lambda link: link.execute("SELECT count(*) FROM badge_cache").fetchone()
        )
        assert remembered == (0,)


async def test_what_the_station_does_not_have_is_answered_as_the_protocol_says(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        assert await central.call("DataTransfer", {"vendorId": "somebody"}) == {"status": "UnknownVendorId"}
        own = {"vendorId": "evtty", "messageId": "hello"}
        assert await central.call("DataTransfer", own) == {"status": "UnknownMessageId"}
        no_connector = {"requestedMessage": "StatusNotification", "connectorId": 7}
        assert await central.call("TriggerMessage", no_connector) == REJECTED


async def test_the_status_of_a_fault_carries_its_error(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        await core.parts.charging.sim_fault(1, "surge_arrestor", True)
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Faulted")
        told = central.calls("StatusNotification")[-1]
        assert (told["errorCode"], told["vendorErrorCode"]) == ("OtherError", "Err #6")


async def test_a_new_authorization_key_is_used_from_the_next_link_on_which_follows_at_once(
    tmp_path: Path, central: CentralSystem
) -> None:
    first, second = "first-0123456789-abcdef", "second-0123456789-abcdef"
    async with supervised(tmp_path, central, security_profile="1", authorization_key=first) as core:
        order = {"key": "AuthorizationKey", "value": second}
        assert await central.call("ChangeConfiguration", order) == ACCEPTED
        await core.tick()
        await central.connected(2)
        assert [each["password"] for each in central.of("upgrade")] == [first, second]
        await until(core, is_quiet)
        assert await central.call("ChangeConfiguration", {**order, "value": "short"}) == REJECTED
        read = await central.call("GetConfiguration", {"key": ["AuthorizationKey"]})
        assert read["configurationKey"] == [{"key": "AuthorizationKey", "readonly": False}]
