"""Reads `[network]` of a hardware profile: the driver, and the port that it works."""

from __future__ import annotations

import re

from core.profile.hardware import NetworkPort
from core.profile.table import Table

DRIVERS = ("simulated", "ip", "networkd")
LONGEST_PATH = 200


def network_port(table: Table) -> NetworkPort:
    """Read the table; problems are noted in it."""
    driver = table.choice("driver", DRIVERS, "simulated")
    interface = table.text("interface", 15)
    if driver == "simulated" and interface:
        table.wrong("interface", "{where}: driver simulated takes none")
    elif driver != "simulated" and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:-]*", interface):
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
        folder=_path(table, "folder", NetworkPort().folder, only="networkd", driver=driver),
    )
    table.finish()
    return port


def _path(table: Table, key: str, default: str, *, only: str, driver: str) -> str:
    path = table.text(key, LONGEST_PATH)
    if path and driver != only:
        table.wrong(key, "{where}: only the driver {only} takes it", only=only)
    elif path and not path.startswith("/"):
        table.wrong(key, "{where}: must be a whole path from /, got {got}", got=path)
    return path or default
