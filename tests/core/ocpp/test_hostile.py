"""A central system that means no good, or is broken: the station answers as OCPP-J says and charges on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ocpp.actions import ACTIONS
from core.ocpp.frames import Malformed, read_frame
from core.values.simulation import Vehicle
from tests.core.ocpp.charges import ANNA
from tests.core.ocpp.supervised import advance, is_quiet, supervised, until
from tests.effort import Effort
from tests.peers.central import CentralSystem

peer = pytest.mark.peer("node", "ocpp-rpc")

LARGE = 300_000

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


NO_GOOD = (
    ('[2,"1","Reset",{"type":"Soft","more":1}]', "FormationViolation"),
    ('[2,"1","Reset",{}]', "ProtocolError"),
    ('[2,"1","Reset",{"type":7}]', "TypeConstraintViolation"),
    ('[2,"1","Reset",{"type":"Gentle"}]', "PropertyConstraintViolation"),
    ('[2,"1","Reset"]', "FormationViolation"),
    ('[2,"1","Reset",[]]', "TypeConstraintViolation"),
    ('[2,"1","SelfDestruct",{}]', "NotImplemented"),
    ('[2,"1","BootNotification",{}]', "NotImplemented"),
    ('[2,"1","SignedUpdateFirmware",{}]', "NotSupported"),
    (
        json.dumps([2, "1", "GetConfiguration", {"key": [f"key {number}" for number in range(101)]}]),
        "OccurenceConstraintViolation",
    ),
    (
        '[2,"1","RemoteStopTransaction",{"transactionId":99999999999999999999}]',
        "PropertyConstraintViolation",
    ),
    (
        '[2,"1","RemoteStartTransaction",{"idTag":"' + "A" * 21 + '"}]',
        "PropertyConstraintViolation",
    ),
    (
        '[2,"1","DataTransfer",{"vendorId":"x","data":' + "[" * 40 + "]" * 40 + "}]",
        "PropertyConstraintViolation",
    ),
)


@peer
async def test_a_call_that_is_no_good_is_answered_with_its_code(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        for text, code in NO_GOOD:
            kind, answered, told, *_ = await central.raw(text)
            assert (text, kind, answered, told) == (text, 4, "1", code)
        assert await central.call("ClearCache") == {"status": "Accepted"}


@peer
async def test_what_is_no_frame_at_all_is_left_unanswered_and_the_link_goes_on(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        before = len(central.of("message"))
        for text in (
            "hello",
            "{}",
            "[]",
            "[5]",
            '[2,7,"Reset",{}]',
            '[3,"nobody",{}]',
            '[4,"nobody"]',
            "[" * 5000,
        ):
            central.send(text)
        assert await central.call("ClearCache") == {"status": "Accepted"}
        answers = [
            json.loads(each["message"]) for each in central.of("message")[before:] if not each["outbound"]
        ]
        assert [each[2] for each in answers] == [{"status": "Accepted"}]
        said = [each.said for each in core.parts.supervision.status().messages if each.kind == "malformed"]
        assert "not JSON" in said
        assert "no known message type" in said


@peer
async def test_a_giant_message_ends_the_link_and_it_comes_back_while_the_charge_goes_on(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, reconnect_interval=1) as core:
        await core.parts.charging.sim_plug(1, Vehicle(demand=16.0))
        await core.parts.charging.present_badge(ANNA)
        await central.heard("StartTransaction")
        await until(core, is_quiet)
        central.send(json.dumps([2, "1", "DataTransfer", {"vendorId": "x", "data": "A" * LARGE}]))
        status = await until(core, lambda status: status.state == "waiting")
        assert status.said == "It sent a message of more than 256 KiB."
        (point, _) = core.parts.charging.charge_points()
        assert point.session is not None
        await advance(core, 1)
        await central.heard("Heartbeat")
        await until(core, lambda status: status.state == "connected")
        assert len(central.calls("StartTransaction")) == 1


@peer
async def test_an_answer_of_another_shape_counts_as_none_and_is_asked_for_again(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        central.answers["StartTransaction"] = lambda _: None
        await central.call("ChangeConfiguration", {"key": "TransactionMessageRetryInterval", "value": "5"})
        await core.parts.charging.sim_plug(1, Vehicle(demand=16.0))
        await core.parts.charging.present_badge(ANNA)
        await central.heard("StartTransaction")
        asked = [
            json.loads(each["message"])
            for each in central.of("message")
            if "StartTransaction" in each["message"]
        ]
        central.send(json.dumps([3, asked[-1][1], {"transactionId": "many"}]))
        await until(
            core,
            lambda status: any(each.kind == "malformed" for each in status.messages),
        )
        central.answers["StartTransaction"] = lambda _: {
            "transactionId": 5,
            "idTagInfo": {"status": "Accepted"},
        }
        await advance(core, 5)
        await central.heard("StartTransaction", 2)
        await until(core, is_quiet)


@peer
@pytest.mark.slow
async def test_whatever_is_called_is_answered_and_the_station_charges_on(
    tmp_path: Path, central: CentralSystem, effort: Effort
) -> None:
    calls = effort(default=60, long=10_000)
    safe = sorted(set(ACTIONS) - {"Reset"})
    payloads = st.dictionaries(
        st.sampled_from(["connectorId", "idTag", "key", "value", "type", "transactionId", "data", "x"])
        | st.text(max_size=8),
        JSON,
        max_size=4,
    )
    async with supervised(tmp_path, central) as core:
        await core.parts.charging.sim_plug(1, Vehicle(demand=16.0))
        await core.parts.charging.present_badge(ANNA, 1)
        await central.heard("StartTransaction")
        await until(core, is_quiet)
        drawn: list[str] = []

        @given(st.sampled_from(safe) | st.text(max_size=20), payloads | JSON)
        def draw(action: str, payload: Any) -> None:
            if len(drawn) < calls:
                drawn.append(json.dumps([2, str(len(drawn)), action, payload]))

        while len(drawn) < calls:
            draw()
        for text in drawn:
            kind, answered, *_ = await central.raw(text)
            assert kind in {3, 4}
            assert answered == json.loads(text)[1]
        (point, _) = core.parts.charging.charge_points()
        assert point.session is not None or "RemoteStop" in repr(drawn) or "UnlockConnector" in repr(drawn)
        await until(core, lambda status: status.state == "connected")


@given(st.text(max_size=200) | JSON.map(json.dumps) | st.lists(JSON, max_size=5).map(json.dumps))
def test_any_text_is_a_frame_or_is_said_to_be_none(text: str) -> None:
    try:
        id_read = read_frame(text).id
    except Malformed as fault:
        id_read = fault.id or "none"
    assert 1 <= len(id_read) <= 36
