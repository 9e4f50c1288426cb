"""The commissioning guide's parameter tables, written down by hand and independent of the catalogue.

A row: key, right of admin, right of user, range, factory setting, where it exists.
Ranges: choices with `|`, `yes|no`, `0..32 A`, `text 200`, `secret 100`.
Factory settings: a value, or several by the word that decides (family, `reader`, `key`, `else`).
Where: `all`, or words that all hold: a family (`/` between several), `reader`, `no-reader`, `wifi`, `two`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from core.profile import HardwareProfile

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing listens on it


class GuideRow(NamedTuple):
    key: str
    admin: str
    user: str
    range: str
    factory: str | int | Mapping[str, str | int]
    where: str


GENERAL = (
    GuideRow("general.station_type", "RW", "R", "standalone|supervised", "standalone", "all"),
    GuideRow("general.remote_command_required", "RW", "RW", "yes|no", "no", "no-reader"),
    GuideRow(
        "general.authentication_location",
        "RW",
        "RW",
        "charging_station|disable|remote",
        {"reader": "charging_station", "else": "disable"},
        "reader",
    ),
    GuideRow("general.authentication_location", "RW", "RW", "disable|remote", "disable", "no-reader"),
    GuideRow(
        "general.authentication_strategy", "RW", "RW", "reject_unknown|allow_all", "allow_all", "reader"
    ),
    GuideRow("general.offline_strategy", "RW", "RW", "reject_all|allow_all", "allow_all", "all"),
    GuideRow("general.push_button", "RW", "R", "yes|no", {"key": "yes", "reader": "no"}, "wallbox"),
    GuideRow("general.station_location", "RW", "R", "indoor|outdoor", "indoor", "all"),
    GuideRow("general.leave_cable_connected", "RW", "RW", "yes|no", "no", "parking"),
)

NETWORK = (
    GuideRow("network.mac_address", "RW", "R", "text 17", "-", "all"),
    GuideRow("network.ip_address", "RW", "R", "text 15", "192.168.0.102", "all"),
    # Computed from the address of charge point 1, so nobody writes it.
    GuideRow("network.ip_address_2", "R", "R", "text 15", "192.168.0.103", "two"),
    GuideRow("network.subnet_mask", "RW", "R", "text 15", "255.255.255.0", "all"),
    GuideRow("network.default_gateway", "RW", "R", "text 15", NO_ADDRESS, "all"),
    GuideRow("network.dns_preferred", "RW", "R", "text 15", NO_ADDRESS, "all"),
    GuideRow("network.dns_other", "RW", "R", "text 15", NO_ADDRESS, "all"),
    GuideRow("wifi.ip_address", "RW", "R", "text 15", "192.168.0.101", "wifi"),
)

TIME = (
    GuideRow("time.mode", "RW", "RW", "manual|ntp_server", "manual", "all"),
    GuideRow("time.ntp_server", "RW", "RW", "text 200", "pool.ntp.org", "all"),
    GuideRow("time.zone", "RW", "RW", "text 50", "UTC", "all"),
)

ENERGY = (
    GuideRow("energy.load_balancing", "RW", "N", "yes|no", "yes", "parking/city two"),
    GuideRow(
        "energy.load_shedding_priority",
        "RW",
        "R",
        "charge_duration|energy_delivered",
        "charge_duration",
        "two",
    ),
    GuideRow("energy.external_control", "RW", "N", "yes|no", "no", "all"),
)

SOCKETS = (
    GuideRow("socket.N.position", "R", "N", "1..2", "-", "parking/city"),
    GuideRow("socket.N.type", "R", "N", "t2|t3|te|t2_te|t1", "-", "all"),
    GuideRow("socket.N.rated_current", "R", "N", "32..32 A", 32, "all"),
    GuideRow("socket.N.derated_current", "RW", "N", "0..32 A", {"wallbox": 16, "else": 32}, "all"),
    GuideRow(
        "socket.N.input_1", "RW", "N", "not_used|protection_devices|load_shedding", "not_used", "parking"
    ),
    GuideRow("socket.N.input_1", "RW", "N", "not_used|load_shedding", "not_used", "city"),
    GuideRow("socket.N.input_2", "RW", "N", "not_used|conditional_start", "not_used", "parking/city"),
    GuideRow("socket.N.input_1_normally_open", "RW", "N", "yes|no", "yes", "parking/city"),
    GuideRow("socket.N.input_2_normally_open", "RW", "N", "yes|no", "yes", "parking/city"),
    GuideRow(
        "socket.N.delayed_start_contact",
        "RW",
        "N",
        "normally_open|normally_closed",
        "normally_open",
        "wallbox",
    ),
    GuideRow(
        "socket.N.current_limit_contact",
        "RW",
        "N",
        "normally_open|normally_closed",
        "normally_open",
        "wallbox",
    ),
    GuideRow("socket.N.load_shedding_set_point", "RW", "N", "0..32 A", 0, "parking/city"),
    GuideRow("socket.N.temporary_current_limit", "RW", "N", "0..16 A", 0, "wallbox"),
)

METERS = (
    GuideRow("meter.phase_neutral_voltage", "RW", "N", "0..276 V", 230, "all"),
    GuideRow("meter.N.metering", "RW", "R", "iem_3x5x|internal_ct", "internal_ct", "all"),
    GuideRow("meter.N.protocol", "RW", "R", "modbus_tcp|modbus_rtu", "modbus_tcp", "all"),
    GuideRow("meter.N.rtu_address", "RW", "R", "1..255", 30, "all"),
    GuideRow("meter.N.gateway_address", "RW", "R", "130..162", 130, "all"),
)

PUBLICATION = (
    GuideRow("publication.frequency", "RW", "R", "disabled|daily|weekly|monthly", "disabled", "all"),
    GuideRow("publication.protocol", "RW", "R", "smtp|ftp|http", "smtp", "all"),
    GuideRow("publication.field_separator", "RW", "R", "semicolon|comma|tab", "semicolon", "all"),
    GuideRow("publication.decimal_separator", "RW", "R", "comma|dot", "comma", "all"),
    GuideRow("publication.smtp.server", "RW", "R", "text 200", "", "all"),
    GuideRow("publication.smtp.port", "RW", "R", "25..587", 25, "all"),
    GuideRow("publication.smtp.authentication", "RW", "R", "yes|no", "no", "all"),
    GuideRow("publication.smtp.username", "RW", "N", "text 100", "", "all"),
    GuideRow("publication.smtp.password", "RW", "N", "secret 100", "-", "all"),
    GuideRow("publication.smtp.sender", "RW", "R", "text 254", "", "all"),
    GuideRow("publication.smtp.receivers", "RW", "R", "text 254", "", "all"),
    GuideRow("publication.ftp.server", "RW", "R", "text 200", "", "all"),
    GuideRow("publication.ftp.authentication", "RW", "R", "yes|no", "no", "all"),
    GuideRow("publication.ftp.username", "RW", "N", "text 100", "", "all"),
    GuideRow("publication.ftp.password", "RW", "N", "secret 100", "-", "all"),
    GuideRow("publication.ftp.port", "RW", "N", "1..9999", 21, "all"),
    GuideRow("publication.ftp.passive_mode", "RW", "N", "yes|no", "no", "all"),
    GuideRow("publication.http.server", "RW", "R", "text 200", "", "all"),
    GuideRow("publication.http.authentication", "RW", "R", "yes|no", "no", "all"),
    GuideRow("publication.http.username", "RW", "N", "text 100", "", "all"),
    GuideRow("publication.http.password", "RW", "N", "secret 100", "-", "all"),
    GuideRow("publication.http.port", "RW", "N", "1..9999", 80, "all"),
    GuideRow("publication.http.path", "RW", "N", "text 99", "", "all"),
    GuideRow("publication.http.field_name", "RW", "N", "text 49", "", "all"),
)

GUIDE = (*GENERAL, *NETWORK, *TIME, *ENERGY, *SOCKETS, *METERS, *PUBLICATION)

PHASES = "|".join(
    f"meter_{meter}_contactor_{contactor}"
    for meter, contactor in (("123", "123"), ("312", "312"), ("123", "312"), ("312", "231"), ("123", "231"))
)

OURS = (
    GuideRow("wifi.ssid", "RW", "R", "text 32", "", "wifi"),
    GuideRow("wifi.security", "RW", "R", "open|wpa2|wpa3", "wpa2", "wifi"),
    GuideRow("wifi.passphrase", "RW", "N", "secret 63", "-", "wifi"),
    GuideRow("supervision.protocol", "RW", "N", "none|ocpp16j", "none", "all"),
    GuideRow("supervision.primary_url", "RW", "N", "text 255", "", "all"),
    GuideRow("supervision.secondary_url", "RW", "N", "text 255", "", "all"),
    GuideRow("supervision.identity", "RW", "N", "text 48", "", "all"),
    GuideRow("supervision.security_profile", "RW", "N", "0|1|2|3", "0", "all"),
    GuideRow("supervision.authorization_key", "RW", "N", "secret 40", "-", "all"),
    GuideRow("supervision.ca_certificate", "RW", "N", "text 10000", "", "all"),
    GuideRow("supervision.client_certificate", "RW", "N", "text 10000", "", "all"),
    GuideRow("supervision.client_key", "RW", "N", "secret 10000", "-", "all"),
    GuideRow("supervision.ping_interval", "RW", "N", "0..3600 s", 60, "all"),
    GuideRow("supervision.message_timeout", "RW", "N", "5..600 s", 30, "all"),
    GuideRow("supervision.reconnect_interval", "RW", "N", "1..3600 s", 10, "all"),
    GuideRow("supervision.fallback_current", "RW", "N", "0..32 A", 14, "all"),
    GuideRow(
        "supervision.authorisation_order", "RW", "N", "local_first|central_first", "central_first", "all"
    ),
    GuideRow("meter.N.phases", "RW", "R", PHASES, "meter_123_contactor_123", "all"),
    GuideRow("publication.smtp.security", "RW", "N", "none|starttls|tls", "none", "all"),
    GuideRow("publication.ftp.security", "RW", "N", "none|tls", "none", "all"),
    GuideRow("publication.http.security", "RW", "N", "none|tls", "none", "all"),
)
"""Settings that the guide only mentions, or not at all."""


def words_of(profile: HardwareProfile) -> frozenset[str]:
    """The words that hold for a station."""
    return frozenset(
        {
            profile.family,
            "reader" if profile.rfid_reader else "no-reader",
            "key" if profile.key_lock else "no-key",
            "wifi" if profile.wifi_card else "no-wifi",
            "two" if profile.charge_points == 2 else "one",
        }
    )


def is_there(row: GuideRow, profile: HardwareProfile) -> bool:
    if row.where == "all":
        return True
    words = words_of(profile)
    return all(words & set(each.split("/")) for each in row.where.split())


def keys_of(row: GuideRow, profile: HardwareProfile) -> list[str]:
    """The row's key at each charge point of the station; none where it does not exist."""
    if not is_there(row, profile):
        return []
    points = range(1, profile.charge_points + 1) if ".N." in row.key else [1]
    return [row.key.replace(".N.", f".{point}.") for point in points]


def factory_of(row: GuideRow, profile: HardwareProfile) -> str | int:
    if not isinstance(row.factory, Mapping):
        return row.factory
    words = words_of(profile)
    return next(value for word, value in row.factory.items() if word == "else" or word in words)
