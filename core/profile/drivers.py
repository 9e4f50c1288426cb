"""Which drivers a hardware profile may name, and the links they take."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from core.profile.hardware import DriverLink
from core.profile.options import read_options
from core.profile.table import Table

NO_LINK: tuple[str, ...] = ()
WIRE = ("tcp", "serial")

Drivers = Mapping[str, tuple[str, ...]]
"""The schemes of the links that each driver takes; a driver without any takes no link."""

BOARD: Drivers = {"simulated": NO_LINK, "evse_modbus": WIRE, "openevse_rapi": WIRE}
READER: Drivers = {"simulated": NO_LINK, "ascii_line": WIRE, "pn532": WIRE, "evdev": ("file",)}
METER: Drivers = {"simulated": NO_LINK, "iem_3x5x": WIRE}
CLOCK: Drivers = {"simulated": ("udp",), "system": ("udp",)}
"""The link is a time server that is asked in place of the one in the settings."""

LINK_OPTIONAL = ("iem_3x5x", "simulated", "system")
"""Drivers that find their address in the settings where the profile gives no link."""

LINK_FORMS = {
    "tcp": "tcp://HOST:PORT",
    "serial": "serial:///dev/NAME?baud=19200&parity=N",
    "file": "file:///dev/NAME",
    "udp": "udp://HOST:PORT",
}


def driver_link(table: Table, drivers: Drivers) -> DriverLink:
    """Read `driver` and `link` of one table."""
    driver = table.choice("driver", tuple(drivers), "simulated")
    link = table.text("link", 200)
    schemes = drivers[driver]
    forms = " or ".join(LINK_FORMS[scheme] for scheme in schemes)
    if link and not schemes:
        table.wrong("link", "{where}: driver {driver} takes no link", driver=driver)
    elif link and not any(_fits(link, scheme) for scheme in schemes):
        table.wrong("link", "{where}: must look like {forms}, got {got}", forms=forms, got=link)
    elif not link and schemes and driver not in LINK_OPTIONAL:
        table.wrong("link", "{where}: driver {driver} needs a link, {forms}", driver=driver, forms=forms)
    else:
        table.problems.extend(read_options(driver, link, table.key("link"))[1])
    table.finish()
    return DriverLink(driver=driver, link=link)


def driver_links(table: Table, key: str, drivers: Drivers, counts: tuple[int, ...]) -> tuple[DriverLink, ...]:
    """Read every `[[key]]`; `counts` are the numbers of them that are possible besides none."""
    links = tuple(driver_link(each, drivers) for each in table.tables(key))
    if links and len(links) not in counts:
        table.wrong(
            key, "{where}: {counts} needed, got {got}", counts=" or ".join(map(str, counts)), got=len(links)
        )
    return links or (DriverLink(),) * counts[-1]


def _fits(link: str, scheme: str) -> bool:
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != scheme or parts.fragment or parts.username is not None:
        return False
    if scheme in {"tcp", "udp"}:
        return bool(parts.hostname) and port is not None and port > 0 and not parts.path
    return not parts.netloc and parts.path.startswith("/dev/")
