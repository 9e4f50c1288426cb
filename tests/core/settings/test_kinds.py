"""Reading values: what each kind takes, and the words in which it refuses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Problem
from core.settings.kinds import as_text, read_value
from core.settings.rows import Row, station_rows
from core.values.setting import ChoiceKind, NumberKind, SecretKind, Setting, TextKind, ToggleKind
from tests.core.settings.stations import SHIPPED, station

ROWS = {row.key: row for name in SHIPPED for row in station_rows(station(name))}


def setting(key: str) -> Setting:
    return ROWS[key].setting


def refusal(key: str, raw: object) -> str:
    found = read_value(setting(key), raw)
    assert isinstance(found, Problem)
    assert found.key == key
    return found.message


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("socket.1.derated_current", "16", 16),
        ("socket.1.derated_current", " 16 A ", 16),
        ("socket.1.derated_current", "+16", 16),
        ("socket.1.derated_current", 0, 0),
        ("socket.1.derated_current", 32, 32),
        ("publication.smtp.port", 25, 25),
        ("publication.smtp.port", "587", 587),
        ("publication.ftp.port", 9999, 9999),
        ("meter.phase_neutral_voltage", "276 V", 276),
        ("meter.1.gateway_address", 162, 162),
        ("general.station_location", "Outdoor", "outdoor"),
        ("publication.protocol", "HTTP", "http"),
        ("general.leave_cable_connected", "on", "yes"),
        ("general.leave_cable_connected", "Off", "no"),
        ("energy.load_balancing", "Disable", "no"),
        ("energy.external_control", True, "yes"),
        ("network.mac_address", "02-00-5e-10-00-01", "02:00:5E:10:00:01"),
        ("network.subnet_mask", "255.255.255.128", "255.255.255.128"),
        ("time.zone", "europe/paris", "Europe/Paris"),
        ("time.ntp_server", "ntp://pool.ntp.org/", "pool.ntp.org"),
        ("time.ntp_server", "2001:DB8::1", "2001:db8::1"),
        ("time.ntp_server", "10.0.0.1", "10.0.0.1"),
        ("publication.smtp.receivers", "a@example.org;b@example.org", "a@example.org;b@example.org"),
        ("publication.smtp.username", "Jose\u0301 ", "Jos\u00e9"),
        ("publication.smtp.password", " with spaces ", " with spaces "),
        ("publication.smtp.sender", "", ""),
        ("publication.http.path", "/upload/records", "/upload/records"),
        ("supervision.primary_url", "wss://csms.example.org:9000/ocpp", "wss://csms.example.org:9000/ocpp"),
        ("supervision.identity", "CS-01", "CS-01"),
    ],
)
def test_a_value_is_taken_in_the_forms_that_people_write(key: str, raw: object, value: object) -> None:
    assert read_value(setting(key), raw) == value


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("socket.1.derated_current", "33"),
        ("socket.1.derated_current", -1),
        ("socket.1.derated_current", "16.5"),
        ("socket.1.derated_current", "16 V"),
        ("socket.1.derated_current", "१६"),
        ("socket.1.derated_current", "1_6"),
        ("socket.1.derated_current", ""),
        pytest.param("socket.1.derated_current", 10**4400, id="huge"),
        ("publication.smtp.port", 24),
        ("publication.smtp.port", 588),
        ("publication.http.port", 0),
        ("publication.http.port", 10000),
        ("meter.1.rtu_address", 0),
        ("meter.1.rtu_address", 256),
        ("meter.1.gateway_address", 129),
        ("meter.1.gateway_address", 163),
        ("meter.phase_neutral_voltage", 277),
        ("general.station_location", "garage"),
        ("energy.load_balancing", "maybe"),
        ("network.ip_address", "192.168.0.256"),
        ("network.ip_address", "192.168.000.1"),
        ("network.ip_address", ""),
        ("network.subnet_mask", "255.0.255.0"),
        ("network.subnet_mask", "255.255.255.254"),
        ("network.mac_address", "01:00:5E:00:00:01"),
        ("network.mac_address", "00:00:00:00:00:00"),
        ("time.zone", "Europe/Pari"),
        ("time.zone", "../../etc/passwd"),
        ("time.ntp_server", "pool.ntp.org:123"),
        ("time.ntp_server", "pool ntp org"),
        ("time.ntp_server", "a" * 201),
        ("publication.http.server", "http://files.example.org"),
        ("publication.http.path", "http://files.example.org/upload"),
        ("publication.ftp.server", "files.example.org/upload"),
        ("publication.smtp.server", "files.example.org:25"),
        ("publication.smtp.server", "mail example org"),
        ("publication.smtp.server", "//files.example.org"),
        ("publication.smtp.receivers", "a@example.org; b@example.org"),
        ("publication.smtp.sender", "nobody"),
        ("publication.smtp.sender", "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example"),
        ("publication.http.path", "/with space"),
        ("publication.http.path", "/a/../b"),
        ("publication.http.path", "/" + "a" * 99),
        ("publication.http.field_name", "a" * 50),
        ("supervision.primary_url", "http://csms.example.org"),
        ("supervision.primary_url", "wss://user:secret@csms.example.org"),
        ("supervision.primary_url", "wss://[::1"),
        ("supervision.primary_url", "wss:///ocpp"),
        ("supervision.primary_url", "wss://-csms-/ocpp"),
        ("supervision.primary_url", "wss://csms.example.org:0/ocpp"),
        ("supervision.primary_url", "wss://csms.example.org/a b"),
        ("time.ntp_server", "[pool"),
        ("supervision.identity", "CS 01"),
        ("supervision.client_certificate", "-----BEGIN CERTIFICATE-----"),
        ("publication.smtp.username", "tab\there"),
        ("publication.smtp.username", "right\u202eleft"),
        ("publication.smtp.username", "zero\u200bwidth"),
        ("publication.smtp.username", "\ud800"),
        ("publication.smtp.password", "line\nend"),
    ],
)
def test_a_value_out_of_range_is_refused(key: str, raw: object) -> None:
    refusal(key, raw)


def test_the_longest_texts_of_the_guide_are_taken() -> None:
    sender = "a" * 64 + "@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 61
    assert len(sender) == 254
    assert read_value(setting("publication.smtp.sender"), sender) == sender
    path = "/" + "a" * 98
    assert read_value(setting("publication.http.path"), path) == path
    server = ".".join(["a" * 39] * 5)
    assert read_value(setting("time.ntp_server"), server) == server


def test_a_number_out_of_range_is_refused_in_the_words_of_the_range() -> None:
    assert refusal("socket.1.derated_current", "40") == "Derated charging current: 0 to 32 A, got 40"
    assert refusal("publication.smtp.port", "x") == "Port: 25 to 587, got x"


def test_a_wrong_choice_is_refused_with_what_there_is() -> None:
    assert refusal("general.station_location", "roof") == "Station location: one of indoor, outdoor, got roof"


def test_a_text_with_an_invisible_character_is_refused_by_its_number() -> None:
    assert "U+202E" in refusal("publication.smtp.username", "a\u202eb")


def test_what_was_typed_is_quoted_harmless_and_short() -> None:
    message = refusal("general.station_location", "\x1b[2J{label}" + "x" * 5000)
    assert message.isprintable()
    assert len(message) < 120


def test_a_secret_is_never_quoted() -> None:
    assert "hunter2" not in refusal("supervision.client_key", "hunter2")
    assert "hunter2" not in refusal("publication.smtp.password", "hunter2\x00")


def test_a_certificate_is_taken_with_its_lines() -> None:
    text = "-----BEGIN CERTIFICATE-----\r\nAAAA\r\n-----END CERTIFICATE-----\r\n"
    assert (
        read_value(setting("supervision.client_certificate"), text)
        == "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    )


def is_in_range(row: Row, value: object) -> bool:
    kind = row.setting.kind
    match kind:
        case ChoiceKind():
            return value in {choice.value for choice in kind.choices}
        case ToggleKind():
            return value in ("yes", "no")
        case NumberKind():
            return isinstance(value, int) and kind.minimum <= value <= kind.maximum
        case TextKind() | SecretKind():
            if not isinstance(value, str) or len(value) > kind.max_length:
                return False
            visible = all(unicodedata.category(each) not in ("Cc", "Cf", "Cs") for each in value)
            return kind.form == "pem" or visible


SAMPLES = st.one_of(
    st.text(),
    st.integers(),
    st.integers(-5, 400),
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", fullmatch=True),
    st.from_regex(r"wss?://[a-z.:\[\]0-9/@?]{0,20}", fullmatch=True),
    st.sampled_from(["yes", "no", "On", "255.255.0.0", "0", "16 A", "Europe/Paris", "a@b.example"]),
)


@given(key=st.sampled_from(sorted(ROWS)), raw=SAMPLES)
def test_whatever_is_typed_becomes_a_value_in_range_or_a_problem(key: str, raw: str | int) -> None:
    row = ROWS[key]
    found = read_value(row.setting, raw)
    if isinstance(found, Problem):
        assert found.message.startswith(row.setting.label)
        assert found.message.isprintable()
    else:
        assert is_in_range(row, found)


@given(key=st.sampled_from(sorted(ROWS)), raw=SAMPLES)
def test_a_value_read_back_from_its_text_is_the_same(key: str, raw: str | int) -> None:
    found = read_value(ROWS[key].setting, raw)
    if not isinstance(found, Problem):
        assert read_value(ROWS[key].setting, as_text(found)) == found


@given(number=st.integers(-100, 500))
def test_a_number_is_taken_exactly_when_it_is_in_range(number: int) -> None:
    for key, allowed in (
        ("socket.1.derated_current", range(33)),
        ("meter.1.rtu_address", range(1, 256)),
        ("meter.1.gateway_address", range(130, 163)),
        ("meter.phase_neutral_voltage", range(277)),
    ):
        assert (read_value(setting(key), str(number)) == number) == (number in allowed)


@pytest.mark.parametrize("key", sorted(ROWS))
def test_every_factory_setting_is_in_range(key: str) -> None:
    row = ROWS[key]
    assert read_value(row.setting, row.factory) == row.factory
