"""Orders that cannot be done now, and those for which nothing is left to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.values.simulation import Vehicle
from tests.core.ocpp.charges import ANNA, BERT, badge, begin, plug
from tests.core.ocpp.supervised import advance, by_ocpp, is_quiet, set_up, supervised, until
from tests.core.ocpp.test_list import reserve
from tests.peers.central import CentralSystem, Payload
from tests.stations import running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}


async def start(central: CentralSystem, connector: int, uid: str = ANNA) -> str:
    answer = await central.call("RemoteStartTransaction", {"connectorId": connector, "idTag": uid})
    return str(answer["status"])


async def test_a_remote_start_is_rejected_where_nobody_can_charge_now(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await plug(core)
        assert await start(central, 1) == "Accepted"
        await central.heard("StartTransaction")
        await until(core, is_quiet)
        assert await start(central, 1, BERT) == "Rejected", "a charge is open there"
        assert await reserve(central, 5, connector=2, idTag=BERT) == "Accepted"
        assert await start(central, 2, ANNA) == "Rejected", "it is kept for somebody else"
        assert await start(central, 2, BERT) == "Accepted"
        await core.tick()
        await until(core, is_quiet)
        await advance(core, 61)
        assert await central.call("CancelReservation", {"reservationId": 5}) == ACCEPTED
        await core.parts.charging.sim_fault(2, "surge_arrestor", True)
        await core.tick()
        assert await start(central, 2) == "Rejected", "an error lasts there"
        await core.parts.charging.sim_fault(2, "surge_arrestor", False)
        off = {"connectorId": 2, "type": "Inoperative"}
        assert await central.call("ChangeAvailability", off) == ACCEPTED
        assert await start(central, 2) == "Rejected", "it is out of service"
        assert len(central.calls("StartTransaction")) == 1


async def test_a_reservation_of_the_same_number_takes_the_place_of_the_one_before(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        assert await reserve(central, 7, connector=1) == "Accepted"
        assert await reserve(central, 7, connector=2) == "Accepted"
        await core.tick()
        await central.until(lambda: central.status_of(2) == "Reserved")
        assert central.status_of(1) == "Available"
        assert await reserve(central, 8, connector=2) == "Occupied"


async def test_unlocking_without_a_charge_is_done_and_an_attached_cable_has_no_lock(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        assert await central.call("UnlockConnector", {"connectorId": 1}) == {"status": "Unlocked"}
        assert central.calls("StopTransaction") == []
    async with running_station("wallbox-rfid", tmp_path / "attached") as core:
        await set_up(core, by_ocpp(central))
        await until(core, lambda status: status.state == "connected")
        assert await central.call("UnlockConnector", {"connectorId": 1}) == {"status": "NotSupported"}


@pytest.mark.parametrize("kind", ["Soft", "Hard"])
async def test_a_reset_without_a_charge_restarts_and_tells_of_none(
    kind: str, tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        assert await central.call("Reset", {"type": kind}) == ACCEPTED
        await core.tick()
        assert await core.ended() == "restart"
    assert central.calls("StopTransaction") == []


async def test_a_badge_before_the_vehicle_begins_its_charge_when_that_comes(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await badge(core, ANNA)
        await central.heard("Authorize")
        await until(core, is_quiet)
        await advance(core, 20)
        await plug(core, 2)
        started = await central.heard("StartTransaction")
        assert (started["connectorId"], started["idTag"]) == (2, ANNA)


def of_charge(central: CentralSystem) -> list[Payload]:
    return [each for each in central.calls("MeterValues") if "transactionId" in each]


async def test_values_by_the_clock_come_for_idle_charge_points_too_and_are_no_charges(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        change = {"key": "ClockAlignedDataInterval", "value": "900"}
        assert await central.call("ChangeConfiguration", change) == ACCEPTED
        await core.tick()
        await until(core, is_quiet)
        for minute in (15, 30):
            await advance(core, 900)
            told = [
                await central.heard("MeterValues", times)
                for times in (minute // 15 * 2 - 1, minute // 15 * 2)
            ]
            assert [each["connectorId"] for each in told] == [1, 2]
            for each in told:
                (value,) = each["meterValue"]
                assert value["timestamp"] == f"2026-03-02T12:{minute}:00Z"
                assert [sample["context"] for sample in value["sampledValue"]] == ["Sample.Clock"]
            await until(core, is_quiet)
        assert of_charge(central) == []


async def test_values_by_the_clock_come_at_its_full_intervals_whenever_the_charge_began(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        for key, value in (("ClockAlignedDataInterval", "900"), ("MeterValueSampleInterval", "0")):
            change = {"key": key, "value": value}
            assert await central.call("ChangeConfiguration", change) == ACCEPTED
        await advance(core, 100)
        await begin(core, central)
        await advance(core, 1800)
        await central.until(lambda: len(of_charge(central)) == 2)
        values = [each["meterValue"][0] for each in of_charge(central)]
        assert [each["timestamp"] for each in values] == ["2026-03-02T12:15:00Z", "2026-03-02T12:30:00Z"]
        assert {value["context"] for each in values for value in each["sampledValue"]} == {"Sample.Clock"}


async def test_a_charge_says_who_holds_it_back(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        await set_up(core, {"energy.external_control": "yes"})
        charging = core.parts.charging
        await charging.sim_plug(1, Vehicle(demand=16.0, energy_wh=1000))
        await badge(core, ANNA)
        await central.until(lambda: central.status_of(1) == "Charging")
        await charging.limit_from_outside(1, 0, "BMS")
        await core.tick()
        await central.until(lambda: central.status_of(1) == "SuspendedEVSE")
        await charging.limit_from_outside(1, None, "BMS")
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Charging")
        await until(core, is_quiet)
        await advance(core, 3600)
        await central.until(lambda: central.status_of(1) == "SuspendedEV")
        assert "SuspendedEV" not in [each["status"] for each in central.calls("StatusNotification")][:-1]
        await until(core, is_quiet)
        await charging.sim_unplug(1)
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Available")


async def test_a_charge_that_was_stopped_from_outside_is_started_again_while_the_vehicle_stays(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await plug(core, 2)
        for number in (1, 2):
            assert await central.call("RemoteStartTransaction", {"idTag": ANNA}) == ACCEPTED
            assert (await central.heard("StartTransaction", number))["connectorId"] == 2
            await until(core, is_quiet)
            order = {"transactionId": central.last_transaction}
            assert await central.call("RemoteStopTransaction", order) == ACCEPTED
            await central.heard("StopTransaction", number)
            await core.tick()
            await central.until(lambda: central.status_of(2) == "Finishing")


async def test_a_charge_point_goes_out_of_service_when_its_charge_has_ended(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await begin(core, central)
        off = {"connectorId": 1, "type": "Inoperative"}
        assert await central.call("ChangeAvailability", off) == {"status": "Scheduled"}
        await core.tick()
        assert central.status_of(1) == "Charging"
        await core.parts.charging.sim_unplug(1)
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Unavailable")
        assert await central.call("ChangeAvailability", off) == ACCEPTED


async def test_the_key_of_the_log_in_can_be_changed_and_security_never_be_lowered(
    tmp_path: Path, central: CentralSystem
) -> None:
    first, second = "first-key-0123456789", "other-key-0123456789"
    async with supervised(tmp_path, central, security_profile="1", authorization_key=first) as core:
        lower = {"key": "SecurityProfile", "value": "0"}
        assert await central.call("ChangeConfiguration", lower) == REJECTED
        change = {"key": "AuthorizationKey", "value": second}
        assert await central.call("ChangeConfiguration", change) == ACCEPTED
        await core.tick()
        await central.connected(2)
        assert [each["password"] for each in central.of("upgrade")] == [first, second]
