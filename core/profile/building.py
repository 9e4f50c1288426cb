"""Reads `[bms]` of a hardware profile: who may read and control the station over the building's Modbus."""

from __future__ import annotations

import ipaddress

from core.profile.hardware import Subnet
from core.profile.table import Table

MOST_CLIENTS = 20


def bms_clients(table: Table) -> tuple[Subnet, ...]:
    """Read the table; problems are noted in it."""
    given = table.take("clients")
    table.finish()
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > MOST_CLIENTS:
        table.wrong(
            "clients", "{where}: must be a list of at most {most} addresses or subnets", most=MOST_CLIENTS
        )
        return ()
    subnets: list[Subnet] = []
    for each in given:
        try:
            subnets.append(ipaddress.ip_network(each if isinstance(each, str) else "", strict=False))
        except ValueError:
            table.wrong(
                "clients",
                "{where}: an address or a subnet as 192.168.0.240/28, got {got}",
                got=str(each)[:60],
            )
    return tuple(subnets)
