"""What decides in the supervision without a link: addresses, pauses, states, keys."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charge_points.session import StopReason
from core.faults import FAULTS
from core.ocpp.connector_status import ERROR_CODES
from core.ocpp.facts_told import REASONS
from core.ocpp.frames import Call, Failure, Frame, Result, read_frame, written
from core.ocpp.key_kinds import Flag, Whole, Words
from core.ocpp.keys import KEYS
from core.ocpp.measurands import meter_value
from core.ocpp.pace import pause
from core.ocpp.schemas import Unfit, check, understood
from core.ocpp.target import Target, composed_url
from core.transactions.facts import Sampled

FRAMES: st.SearchStrategy[Frame] = st.one_of(
    st.builds(Call, id=st.text(min_size=1, max_size=36), action=st.text(), payload=st.just({"a": [1, "x"]})),
    st.builds(Result, id=st.text(min_size=1, max_size=36), payload=st.just({})),
    st.builds(
        Failure, id=st.text(min_size=1, max_size=36), code=st.text(), description=st.text(max_size=255)
    ),
)


@given(FRAMES)
def test_what_is_written_is_read_again(frame: Frame) -> None:
    assert read_frame(written(frame)) == frame


@given(st.text(alphabet="abcXYZ019*-_=:+|@.", min_size=1, max_size=48))
def test_the_identity_is_the_last_step_of_the_address_whatever_it_holds(identity: str) -> None:
    url = composed_url("ws://csms.example.org/ocpp/", identity)
    assert url.startswith("ws://csms.example.org/ocpp/")
    assert unquote(url.removeprefix("ws://csms.example.org/ocpp/")) == identity
    assert url.count("/") == 4


def test_a_target_does_not_tell_its_secrets() -> None:
    target = Target(
        which="primary",
        url="wss://csms.example.org/CS-01",
        host="csms.example.org",
        port=443,
        encrypted=True,
        identity="CS-01",
        profile="2",
        key="hidden-key-0123456789",
        client_key="hidden-key-0123456789",
    )
    assert "hidden" not in f"{target} {target!r}"
    assert target.log_in == "Basic Q1MtMDE6aGlkZGVuLWtleS0wMTIzNDU2Nzg5"


@given(st.integers(1, 60), st.integers(1, 3600), st.floats(0, 1))
def test_pauses_grow_up_to_ten_minutes_and_spread_over_all_of_that(
    failures: int, first: int, chance: float
) -> None:
    assert 1.0 <= pause(failures, first, chance) <= max(600.0, first)
    assert pause(failures, first, 0.0) == 1.0
    assert pause(failures, first, 1.0) <= pause(failures + 1, first, 1.0)


@given(st.integers(0, 10**9))
def test_the_register_is_told_to_the_watt_hour_however_high_it_is(meter_wh: int) -> None:
    sample = Sampled(
        transaction=1,
        point=1,
        time=datetime(2026, 3, 2, 12, tzinfo=UTC),
        meter_wh=meter_wh,
        context="periodic",
        current=(16.0, 16.0, 16.0),
        voltage=(230.0, 230.0, 230.0),
        power_w=11_040,
        offered=16.0,
    )
    told = meter_value(sample, ["Energy.Active.Import.Register"], "Sample.Periodic")
    assert told is not None
    assert told["sampledValue"][0]["value"] == str(meter_wh)


def test_every_error_and_every_end_of_a_charge_has_a_word_of_ocpp() -> None:
    assert set(ERROR_CODES) == set(FAULTS)
    assert set(REASONS) == set(StopReason)
    for code in ERROR_CODES.values():
        check("call", "StatusNotification", {"connectorId": 1, "errorCode": code, "status": "Faulted"})
    for reason in REASONS.values():
        stop = {"transactionId": 1, "meterStop": 0, "timestamp": "2026-03-02T12:00:00Z", "reason": reason}
        check("call", "StopTransaction", stop)


def test_what_every_key_holds_at_first_fits_it() -> None:
    for name, key in KEYS.items():
        kept = (key.own is not None) + bool(key.setting) + bool(key.fact)
        assert (name, kept) == (name, 1)
        if key.own is not None and key.kind is not None:
            assert key.kind.fit(key.own) == key.own
        assert not (key.fact and key.kind)


@given(st.text(max_size=20))
def test_whatever_is_written_into_a_key_has_one_spelling_or_none(text: str) -> None:
    for kind in (Flag(), Whole(most=3600), Words(known=("Voltage", "Current.Import"))):
        fitted = kind.fit(text)
        assert fitted is None or kind.fit(fitted) == fitted


def test_an_id_tag_for_free_charging_is_never_none() -> None:
    kind = KEYS["FreeChargeIdTag"].kind
    assert kind is not None
    assert (kind.fit(""), kind.fit("GUEST"), kind.fit("G" * 21)) == (None, "GUEST", None)


def test_a_payload_is_told_apart_by_what_is_wrong_and_not_by_what_it_holds() -> None:
    with pytest.raises(Unfit) as found:
        check("call", "Authorize", {"idTag": "a secret that is longer than 20"})
    assert found.value.said == "idTag: maxLength"
    check("call", "SetChargingProfile", {"connectorId": 1, "csChargingProfiles": profile(21.4)})
    with pytest.raises(Unfit):
        check("call", "SetChargingProfile", {"connectorId": 1, "csChargingProfiles": profile(21.44)})


def profile(limit: float) -> dict[str, object]:
    return {
        "chargingProfileId": 1,
        "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Absolute",
        "chargingSchedule": {
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": limit}],
        },
    }


def test_an_answer_with_nulls_and_words_of_its_own_is_understood_and_one_of_another_shape_is_not() -> None:
    told = {
        "transactionId": 7,
        "idTagInfo": {"status": "Accepted", "parentIdTag": None, "expiryDate": None, "price": "0.40"},
        "vendor": [None],
    }
    meant = understood("StartTransaction", told)
    assert meant["transactionId"] == 7
    assert meant["idTagInfo"] == {"status": "Accepted", "price": "0.40"}
    for wrong in ({"transactionId": None}, {"transactionId": "7", "idTagInfo": {"status": "Accepted"}}):
        with pytest.raises(Unfit):
            understood("StartTransaction", wrong)
