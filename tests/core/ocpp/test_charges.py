"""Charges as the central system is told of them: in order, once, with its own numbers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.core.ocpp.charges import ANNA, BERT, badge, begin, named, plug, shown
from tests.core.ocpp.supervised import (
    advance,
    by_ocpp,
    come_back,
    is_answered,
    is_quiet,
    set_up,
    supervised,
    until,
)
from tests.peers.cable import Cable
from tests.peers.central import CentralSystem, Payload
from tests.stations import running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")


def _says(status: str, _call: Payload) -> Payload:
    return {"idTagInfo": {"status": status}}


async def test_plug_first_then_a_badge_charges_and_is_told_from_start_to_stop(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await plug(core)
        await badge(core, ANNA)
        started = await central.heard("StartTransaction")
        assert {key: started[key] for key in ("connectorId", "idTag", "meterStart", "timestamp")} == {
            "connectorId": 1,
            "idTag": ANNA,
            "meterStart": 0,
            "timestamp": "2026-03-02T12:00:00Z",
        }
        assert central.calls("Authorize") == [{"idTag": ANNA}]
        await until(core, is_quiet)
        number = await named(core, central)
        await advance(core, 60)
        values = await central.heard("MeterValues")
        assert (values["connectorId"], values["transactionId"]) == (1, number)
        (value,) = values["meterValue"]
        assert value["timestamp"] == "2026-03-02T12:01:00Z"
        assert [each["measurand"] for each in value["sampledValue"]] == ["Energy.Active.Import.Register"]
        await until(core, is_quiet)
        await core.parts.charging.sim_unplug(1)
        stopped = await central.heard("StopTransaction")
        assert (stopped["transactionId"], stopped["reason"]) == (number, "EVDisconnected")
        assert stopped["meterStop"] == 184
        await until(core, is_quiet)
        assert (await core.parts.charging.facts.waiting()) == 0
        statuses = [
            each["status"] for each in central.calls("StatusNotification") if each["connectorId"] == 1
        ]
        assert statuses[0] == "Available"
        assert "Charging" in statuses


async def test_badge_first_and_nobody_plugs_in_within_the_connection_time_out(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, "wallbox-rfid") as core:
        await central.call("ChangeConfiguration", {"key": "ConnectionTimeOut", "value": "30"})
        await badge(core, ANNA)
        await central.heard("Authorize")
        points = core.parts.charging.charge_points
        await until(core, lambda _: points()[0].outlet_status == "OK_PlugProcedureStarted")
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Preparing")
        await until(core, is_quiet)
        await advance(core, 31)
        await central.until(lambda: central.status_of(1) == "Available")
        assert central.calls("StartTransaction") == []


async def test_the_same_badge_stops_and_so_does_one_of_the_same_group(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["Authorize"] = lambda _: {"idTagInfo": {"status": "Accepted", "parentIdTag": "FAMILY"}}
    central.answers["StartTransaction"] = lambda _: {
        "transactionId": central.next_transaction(),
        "idTagInfo": {"status": "Accepted", "parentIdTag": "FAMILY"},
    }
    async with supervised(tmp_path, central) as core:
        for number, stopping in enumerate((ANNA, BERT), 1):
            await plug(core)
            await badge(core, ANNA)
            await central.heard("StartTransaction", number)
            await until(core, is_quiet)
            await badge(core, stopping)
            stopped = await central.heard("StopTransaction", number)
            assert (stopped["reason"], stopped["idTag"]) == ("Local", stopping)
            await until(core, is_quiet)
            await core.parts.charging.sim_unplug(1)


async def test_a_badge_that_is_refused_does_not_charge(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        await plug(core)
        for number, status in enumerate(("Invalid", "Blocked", "Expired", "ConcurrentTx"), 1):
            central.answers["Authorize"] = partial(_says, status)
            await badge(core, ANNA)
            await central.heard("Authorize", number)
            await until(core, is_quiet)
        assert shown(core) == [None, None]
        assert central.calls("StartTransaction") == []


async def test_a_charge_that_was_accepted_offline_ends_when_its_badge_is_refused_later(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["StartTransaction"] = lambda _: {
        "transactionId": 77,
        "idTagInfo": {"status": "Invalid"},
    }
    async with supervised(tmp_path, central) as core:
        await plug(core)
        await badge(core, ANNA)
        stopped = await central.heard("StopTransaction")
        assert (stopped["transactionId"], stopped["reason"]) == (77, "DeAuthorized")


async def test_a_whole_charge_while_the_link_is_lost_is_told_in_order_when_it_is_back(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await central.door(status=503)
        central.drop()
        await until(core, lambda status: status.state == "waiting")
        await plug(core)
        await badge(core, ANNA)
        await advance(core, 90)
        await core.parts.charging.sim_unplug(1)
        assert (await core.parts.charging.facts.waiting()) == 3
        (record,) = await core.parts.storage.read(
            lambda link: link.execute("SELECT transaction_id, central_id FROM records").fetchall()
        )
        assert record == (1, None)
        await central.door()
        await come_back(core)
        await central.heard("StopTransaction")
        await until(core, is_quiet)
        assert [
            each for each in central.actions() if each.endswith("Transaction") or each == "MeterValues"
        ] == [
            "StartTransaction",
            "MeterValues",
            "StopTransaction",
        ]
        assert central.calls("StartTransaction")[0]["timestamp"] == "2026-03-02T12:00:00Z"
        assert central.calls("StopTransaction")[0]["timestamp"] == "2026-03-02T12:01:30Z"
        assert {
            each["transactionId"] for each in central.calls("StopTransaction") + central.calls("MeterValues")
        } == {central.last_transaction}
        (record,) = await core.parts.storage.read(
            lambda link: link.execute("SELECT transaction_id, central_id FROM records").fetchall()
        )
        assert record == (1, central.last_transaction)


async def test_what_was_acknowledged_is_not_told_again_after_a_start_of_the_station(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        number = await begin(core, central)
    async with running_station("parking-2", tmp_path) as core:
        stopped = await central.heard("StopTransaction")
        await until(core, is_quiet)
        assert (stopped["transactionId"], stopped["reason"]) == (number, "Reboot")
        assert len(central.calls("StartTransaction")) == 1


async def test_a_message_that_the_central_system_fails_at_is_told_again_and_given_up_in_the_end(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["StartTransaction"] = lambda _: "InternalError"
    async with supervised(tmp_path, central) as core:
        for key, value in (("TransactionMessageAttempts", "3"), ("TransactionMessageRetryInterval", "10")):
            assert await central.call("ChangeConfiguration", {"key": key, "value": value}) == {
                "status": "Accepted"
            }
        await plug(core)
        await badge(core, ANNA)
        await central.heard("StartTransaction", 1)
        await until(core, is_answered)
        await advance(core, 9)
        await advance(core, 1)
        await central.heard("StartTransaction", 2)
        await until(core, is_answered)
        await advance(core, 19)
        await advance(core, 1)
        await central.heard("StartTransaction", 3)
        await until(core, is_answered)
        await core.parts.charging.sim_unplug(1)
        await plug(core, 2)
        del central.answers["StartTransaction"]
        central.answers["StartTransaction"] = lambda _: {
            "transactionId": 88,
            "idTagInfo": {"status": "Accepted"},
        }
        await badge(core, BERT)
        await central.heard("StartTransaction", 4)
        await until(core, is_answered)
        await core.parts.charging.sim_unplug(2)
        await central.heard("StopTransaction")
        assert [each["transactionId"] for each in central.calls("StopTransaction")] == [88]


async def test_a_free_station_tells_its_charges_with_the_id_tag_that_is_configured(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await set_up(core, {**by_ocpp(central), "general.authentication_location": "disable"})
        await until(core, lambda status: status.state == "connected")
        await plug(core)
        assert (await central.heard("StartTransaction"))["idTag"] == "FREE"
        assert central.calls("Authorize") == []


async def test_every_measurand_that_is_configured_is_told(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        wanted = "Current.Import,Voltage,Power.Active.Import,Current.Offered"
        for key, value in (
            ("MeterValuesSampledData", wanted),
            ("MeterValuesAlignedData", "Energy.Active.Import.Register"),
            ("ClockAlignedDataInterval", "900"),
            ("MeterValueSampleInterval", "300"),
        ):
            await central.call("ChangeConfiguration", {"key": key, "value": value})
        await begin(core, central)
        await advance(core, 10)
        await advance(core, 290)
        sampled = (await central.heard("MeterValues"))["meterValue"][0]["sampledValue"]
        assert [(each["measurand"], each.get("phase"), each["value"], each["unit"]) for each in sampled] == [
            ("Current.Import", "L1", "16.0", "A"),
            ("Current.Import", "L2", "16.0", "A"),
            ("Current.Import", "L3", "16.0", "A"),
            ("Voltage", "L1-N", "230.0", "V"),
            ("Voltage", "L2-N", "230.0", "V"),
            ("Voltage", "L3-N", "230.0", "V"),
            ("Power.Active.Import", None, "11040", "W"),
            ("Current.Offered", None, "32.0", "A"),
        ]
        await until(core, is_quiet)
        await advance(core, 600)
        clock = (await central.heard("MeterValues", 3))["meterValue"][0]
        assert {each["context"] for each in clock["sampledValue"]} <= {"Sample.Clock", "Sample.Periodic"}
        trigger = {"requestedMessage": "MeterValues", "connectorId": 1}
        await until(core, is_quiet)
        before = len(central.calls("MeterValues"))
        assert await central.call("TriggerMessage", trigger) == {"status": "Accepted"}
        asked = await central.heard("MeterValues", before + 1)
        assert asked["meterValue"][0]["sampledValue"][0]["context"] == "Trigger"
        assert asked["transactionId"] == central.last_transaction


async def test_a_message_whose_answer_is_lost_with_the_link_is_said_again_as_the_same(
    tmp_path: Path, central: CentralSystem
) -> None:
    port = int(central.url.rpartition(":")[2].partition("/")[0])
    async with Cable(port) as cable, running_station("parking-2", tmp_path) as core:
        await set_up(core, by_ocpp(central, primary_url=f"ws://127.0.0.1:{cable.port}/ocpp"))
        await until(core, lambda status: status.state == "connected")
        await until(core, is_quiet)
        cable.cut_at(b"transactionId", said_by="server", passed_on=False)
        await plug(core)
        await badge(core, ANNA)
        await central.heard("StartTransaction")
        await until(core, lambda status: status.state == "waiting")
        await come_back(core)
        await central.heard("StartTransaction", 2)
        await until(core, is_quiet)
        said = [each["message"] for each in central.of("message") if '"StartTransaction"' in each["message"]]
        assert said[0] == said[1]
        assert await named(core, central) == central.last_transaction
