"""Reads `[network]` of a hardware profile: the driver, and the port that it works."""

from __future__ import annotations

import re

from core.profile.hardware import NetworkPort, RadioPort
from core.profile.table import Table

DRIVERS = ("simulated", "ip", "networkd")
PORT_NAME = "[A-Za-z0-9][A-Za-z0-9_.:-]*"
CONTROL = "/run/wpa_supplicant"
LONGEST_PATH = 200


def network_port(table: Table, *, wifi_card: bool) -> NetworkPort:
    """Read the table; problems are noted in it."""
    driver = table.choice("driver", DRIVERS, "simulated")
    interface = table.text("interface", 15)
    if driver == "simulated" and interface:
        table.wrong("interface", "{where}: driver simulated takes none")
    elif driver != "simulated" and not re.fullmatch(PORT_NAME, interface):
        table.wrong(
            "interface",
            "{where}: driver {driver} needs the name of the port as `ip link` shows it, got {got}",
            driver=driver,
            got=interface or "nothing",
        )
    port = NetworkPort(
        driver=driver,
        interface=interface,
        resolv_conf=_path(table, "resolv_conf", "", only="ip", driver=driver),
        radio=_radio(table.table("wifi"), driver, wifi_card=wifi_card),
        folder=_path(table, "folder", NetworkPort().folder, only="networkd", driver=driver),
    )
    table.finish()
    return port


def _radio(table: Table, driver: str, *, wifi_card: bool) -> RadioPort | None:
    if table.is_empty:
        return None
    if driver == "simulated" or not wifi_card:
        table.wrong("interface", "{where}: only with wifi_card = true and the driver ip or networkd")
    radio = RadioPort(
        interface=table.text("interface", 15),
        file=table.text("file", LONGEST_PATH),
        control=table.text("control", LONGEST_PATH, CONTROL),
        country=table.text("country", 2),
    )
    for key, value, form, allowed in (
        ("interface", radio.interface, PORT_NAME, "the name of the radio as `iw dev` shows it"),
        ("file", radio.file, "/.+", "a whole path from /"),
        ("control", radio.control, "/.+", "a whole path from /"),
        ("country", radio.country, "([A-Z]{2})?", "two capital letters, as FR"),
    ):
        if not re.fullmatch(form, value):
            table.wrong(key, "{where}: must be {allowed}, got {got}", allowed=allowed, got=value or "nothing")
    table.finish()
    return radio


def _path(table: Table, key: str, default: str, *, only: str, driver: str) -> str:
    path = table.text(key, LONGEST_PATH)
    if path and driver != only:
        table.wrong(key, "{where}: only the driver {only} takes it", only=only)
    elif path and not path.startswith("/"):
        table.wrong(key, "{where}: must be a whole path from /, got {got}", got=path)
    return path or default
