"""Rules between settings: each case is a change, and the keys that it is refused on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.settings.operating_current import operating_current
from core.settings.store import Settings
from core.values.setting import Value
from tests.core.settings.guide import NO_ADDRESS
from tests.core.settings.stations import fresh

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
OCPP: dict[str, Value] = {
    "general.station_type": "supervised",
    "supervision.protocol": "ocpp16j",
    "supervision.primary_url": "wss://csms.example.org/ocpp",
    "supervision.identity": "CS-01",
}


def refused(settings: Settings, changes: dict[str, Value]) -> list[str | None]:
    return [problem.key for problem in settings.plan(changes, account="admin").problems]


def accepted(settings: Settings, changes: dict[str, Value]) -> Settings:
    plan = settings.plan(changes, account="admin")
    assert plan.problems == ()
    settings.accept(plan)
    return settings


def notes(settings: Settings, changes: dict[str, Value]) -> str:
    plan = settings.plan(changes, account="admin")
    assert plan.problems == ()
    return "\n".join(note.message for note in plan.notes)


# ---------------------------------------------------------------- currents


def test_a_set_point_above_the_derated_current_is_refused_with_the_limit_in_force() -> None:
    plan = fresh(socket__1__derated_current="20").plan(
        {"socket.1.load_shedding_set_point": 21}, account="admin"
    )
    assert plan.problems[0].message == "Load shedding set point: 0 to 20 A, got 21"


def test_set_point_and_derated_current_are_looked_at_together() -> None:
    settings = fresh("wallbox-rfid")
    both: dict[str, Value] = {"socket.1.temporary_current_limit": 20, "socket.1.derated_current": 20}
    assert refused(settings, {"socket.1.temporary_current_limit": 20}) == ["socket.1.temporary_current_limit"]
    assert refused(settings, both) == []


def test_lowering_the_derated_current_below_a_set_point_in_use_is_refused_on_the_set_point() -> None:
    settings = fresh(socket__1__input_1="load_shedding", socket__1__load_shedding_set_point="20")
    assert refused(settings, {"socket.1.derated_current": 16}) == ["socket.1.load_shedding_set_point"]


def test_a_set_point_that_is_idle_does_not_hold_the_derated_current_up() -> None:
    settings = fresh(socket__1__load_shedding_set_point="20")
    assert refused(settings, {"socket.1.derated_current": 16}) == []


def test_a_set_point_too_high_is_refused_when_it_comes_into_use() -> None:
    settings = fresh(socket__1__load_shedding_set_point="20", socket__1__derated_current="16")
    assert refused(settings, {"socket.1.input_1": "load_shedding"}) == ["socket.1.load_shedding_set_point"]


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("parking-2", {"socket.2.derated_current": 7}, "7 A counts as 0 A: less than 8 A"),
        ("parking-2", {"socket.1.derated_current": 13}, "13 A counts as 0 A for three-phase cars"),
        ("parking-2", {"socket.1.derated_current": 14}, ""),
        ("parking-2", {"energy.load_balancing": "no", "socket.1.derated_current": 5}, "less than 6 A"),
        ("parking-2", {"energy.load_balancing": "no", "socket.1.derated_current": 6}, ""),
        ("parking-1", {"socket.1.derated_current": 6}, ""),
        ("wallbox-rfid", {"socket.1.derated_current": 13}, "for three-phase cars, which need 14 A"),
        ("wallbox-key", {"socket.1.derated_current": 8}, ""),
        ("wallbox-key", {"socket.1.temporary_current_limit": 7}, "less than 8 A"),
    ],
)
def test_a_current_that_comes_to_nothing_is_noted(
    name: str, changes: dict[str, Value], expected: str
) -> None:
    assert expected in notes(fresh(name), changes)
    if not expected:
        assert "counts as 0 A" not in notes(fresh(name), changes)


def test_a_note_names_its_charge_point_where_there_are_two() -> None:
    assert "Charge point 2: " in notes(fresh(), {"socket.2.derated_current": 7})
    assert "Charge point" not in notes(fresh("wallbox-key"), {"socket.1.derated_current": 7})


@given(set_point=st.integers(0, 32), phases=st.sampled_from([1, 3]), balancing=st.booleans())
def test_an_operating_current_is_the_set_point_or_nothing(
    set_point: int, phases: int, balancing: bool
) -> None:
    least = {(1, False): 6, (3, False): 6, (1, True): 8, (3, True): 14}[phases, balancing]
    assert operating_current(set_point, phases, balancing) == (set_point if set_point >= least else 0)


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("name", "changes", "keys"),
    [
        ("parking-2", {"network.ip_address": "192.168.0.253"}, []),
        ("parking-2", {"network.ip_address": "192.168.0.254"}, ["network.ip_address"]),
        ("parking-1", {"network.ip_address": "192.168.0.254"}, []),
        ("parking-1", {"network.ip_address": "192.168.0.255"}, ["network.ip_address"]),
        ("parking-1", {"network.ip_address": "192.168.0.0"}, ["network.ip_address"]),
        ("parking-2", {"network.ip_address": NO_ADDRESS}, ["network.ip_address"]),
        ("parking-2", {"network.ip_address": "127.0.0.1"}, ["network.ip_address"]),
        ("parking-2", {"network.ip_address": "224.0.0.1"}, ["network.ip_address"]),
        ("parking-2", {"network.ip_address": "255.255.255.254"}, ["network.ip_address"]),
        ("city-2", {"network.ip_address": "192.168.0.253"}, ["network.ip_address"]),
        (
            "parking-2",
            {"network.ip_address": "10.0.0.62", "network.subnet_mask": "255.255.255.192"},
            ["network.ip_address"],
        ),
        ("parking-2", {"network.ip_address": "10.0.0.61", "network.subnet_mask": "255.255.255.192"}, []),
        (
            "parking-2",
            {"network.ip_address": "10.0.1.255", "network.subnet_mask": "255.255.0.0"},
            ["network.ip_address"],
        ),
        ("parking-2", {"network.default_gateway": "192.168.0.254"}, []),
        ("parking-2", {"network.default_gateway": "192.168.1.254"}, ["network.default_gateway"]),
        ("parking-2", {"network.default_gateway": "192.168.0.255"}, ["network.default_gateway"]),
        ("parking-2", {"network.default_gateway": "192.168.0.103"}, ["network.default_gateway"]),
        ("parking-1", {"network.default_gateway": "192.168.0.103"}, []),
        ("parking-2", {"network.dns_preferred": "9.9.9.9"}, []),
        ("parking-2", {"network.dns_other": "255.255.255.255"}, ["network.dns_other"]),
        ("wallbox-key", {"network.ip_address": "192.168.0.50"}, ["wifi.ip_address"]),
        ("wallbox-key", {"wifi.ip_address": "192.168.0.102"}, ["wifi.ip_address"]),
        ("wallbox-key", {"network.ip_address": "192.168.0.50", "wifi.ip_address": "192.168.0.49"}, []),
        (
            "wallbox-key",
            {"network.ip_address": "192.168.0.1", "wifi.ip_address": "192.168.0.0"},
            ["network.ip_address"],
        ),
        ("wallbox-rfid", {"network.ip_address": "192.168.0.1"}, []),
        (
            "parking-2",
            {"network.ip_address": "192.168.0.129", "meter.1.metering": "iem_3x5x"},
            ["meter.1.gateway_address"],
        ),
        ("parking-2", {"network.ip_address": "192.168.0.129"}, []),
    ],
)
def test_addresses(name: str, changes: dict[str, Value], keys: list[str]) -> None:
    assert refused(fresh(name), changes) == keys


def test_a_new_address_is_noted_with_what_the_computer_needs() -> None:
    said = notes(fresh(), {"network.ip_address": "10.1.2.3"})
    assert "10.1.2.3" in said
    assert "10.1.2.0/24" in said


# ---------------------------------------------------------------- supervision


def test_ocpp_needs_a_supervised_station_a_server_and_an_identity() -> None:
    assert refused(fresh(), {"supervision.protocol": "ocpp16j"}) == [
        "supervision.protocol",
        "supervision.primary_url",
        "supervision.identity",
    ]
    assert refused(fresh(), OCPP) == []


def test_a_supervised_station_cannot_be_made_standalone_while_ocpp_is_on() -> None:
    settings = accepted(fresh(), OCPP)
    assert refused(settings, {"general.station_type": "standalone"}) == ["supervision.protocol"]
    assert refused(settings, {"general.station_type": "standalone", "supervision.protocol": "none"}) == []


@pytest.mark.parametrize("location", ["charging_station", "remote"])
def test_with_ocpp_authentication_is_by_supervision_or_disabled(location: str) -> None:
    assert refused(fresh(), {**OCPP, "general.authentication_location": location}) == [
        "general.authentication_location"
    ]
    assert refused(fresh(), {**OCPP, "general.authentication_location": "disable"}) == []


def test_without_ocpp_authentication_is_not_by_supervision() -> None:
    assert refused(fresh(), {"general.authentication_location": "supervision"}) == [
        "general.authentication_location"
    ]


def test_a_choice_that_was_made_is_not_moved_by_a_change_elsewhere() -> None:
    settings = accepted(fresh(), {"general.authentication_location": "disable"})
    accepted(settings, OCPP)
    assert settings.text("general.authentication_location") == "disable"


@pytest.mark.parametrize(
    ("profile", "more", "keys"),
    [
        ("1", {}, ["supervision.authorization_key"]),
        ("1", {"supervision.authorization_key": "0123456789abcdef"}, []),
        ("1", {"supervision.authorization_key": "0123456789abcde"}, ["supervision.authorization_key"]),
        (
            "2",
            {
                "supervision.authorization_key": "0123456789abcdef",
                "supervision.primary_url": "ws://c.example",
            },
            ["supervision.primary_url"],
        ),
        (
            "2",
            {
                "supervision.authorization_key": "0123456789abcdef",
                "supervision.secondary_url": "ws://c.example",
            },
            ["supervision.secondary_url"],
        ),
        ("3", {}, ["supervision.client_certificate", "supervision.client_key"]),
        ("3", {"supervision.client_certificate": CERTIFICATE, "supervision.client_key": CERTIFICATE}, []),
    ],
)
def test_each_security_profile_has_what_it_needs(
    profile: str, more: dict[str, Value], keys: list[str]
) -> None:
    assert refused(fresh(), {**OCPP, "supervision.security_profile": profile, **more}) == keys


def test_a_security_profile_in_use_can_be_raised_but_not_lowered() -> None:
    key: dict[str, Value] = {"supervision.authorization_key": "0123456789abcdef"}
    settings = accepted(fresh(), {**OCPP, **key, "supervision.security_profile": "1"})
    accepted(settings, {"supervision.security_profile": "2"})
    assert refused(settings, {"supervision.security_profile": "1"}) == ["supervision.security_profile"]
    accepted(settings, {"supervision.protocol": "none"})
    assert refused(settings, {"supervision.security_profile": "0"}) == []


# ---------------------------------------------------------------- completeness


@pytest.mark.parametrize(
    ("protocol", "keys"),
    [
        ("smtp", ["server", "sender", "receivers"]),
        ("ftp", ["server"]),
        ("http", ["server", "path", "field_name"]),
    ],
)
def test_publication_needs_what_its_protocol_needs(protocol: str, keys: list[str]) -> None:
    wanted: dict[str, Value] = {"publication.frequency": "weekly", "publication.protocol": protocol}
    assert refused(fresh(), wanted) == [f"publication.{protocol}.{key}" for key in keys]
    assert refused(fresh(), {**wanted, "publication.frequency": "disabled"}) == []


@pytest.mark.parametrize("protocol", ["smtp", "ftp", "http"])
def test_authentication_needs_a_name_and_a_password(protocol: str) -> None:
    prefix = f"publication.{protocol}"
    wanted: dict[str, Value] = {"publication.protocol": protocol, f"{prefix}.authentication": "yes"}
    assert refused(fresh(), wanted) == [f"{prefix}.username", f"{prefix}.password"]
    complete: dict[str, Value] = {**wanted, f"{prefix}.username": "station", f"{prefix}.password": "secret"}
    assert refused(fresh(), complete) == []
    assert "unencrypted" in notes(fresh(), complete)


def test_a_protocol_that_is_not_used_needs_nothing() -> None:
    assert refused(fresh(), {"publication.ftp.authentication": "yes"}) == []


def test_the_clock_cannot_follow_a_server_that_is_not_named() -> None:
    assert refused(fresh(), {"time.mode": "ntp_server", "time.ntp_server": ""}) == ["time.ntp_server"]


def test_a_name_without_a_name_server_is_noted() -> None:
    assert "DNS" in notes(fresh(), {"time.mode": "ntp_server"})
    assert "DNS" not in notes(fresh(), {"time.mode": "ntp_server", "time.ntp_server": "10.0.0.1"})
    assert "DNS" not in notes(fresh(network__dns_preferred="9.9.9.9"), {"time.mode": "ntp_server"})


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"wifi.ssid": "depot"}, ["wifi.passphrase"]),
        ({"wifi.ssid": "depot", "wifi.security": "open"}, []),
        ({"wifi.ssid": "depot", "wifi.passphrase": "12345678"}, []),
        ({"wifi.ssid": "depot", "wifi.passphrase": "1234567"}, ["wifi.passphrase"]),
        ({"wifi.ssid": "depot", "wifi.passphrase": "pässwörter"}, ["wifi.passphrase"]),
    ],
)
def test_a_protected_wireless_network_needs_a_passphrase(changes: dict[str, Value], keys: list[str]) -> None:
    assert refused(fresh("wallbox-key"), changes) == keys


def test_one_meter_for_two_charge_points_is_noted() -> None:
    both: dict[str, Value] = {"meter.1.metering": "iem_3x5x", "meter.2.metering": "iem_3x5x"}
    assert "same meter" in notes(fresh(), both)
    assert "same meter" not in notes(fresh(), {**both, "meter.2.rtu_address": 31})
