"""The driver `ip`: sets the addresses of one port with iproute2, until the machine starts again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

import msgspec

from core.files import atomic_write
from core.network.addressing import Addressing
from core.network.driver import NotApplied
from core.network.looking import look
from core.network.running import run
from core.values.network import NetworkCheck


class PortState(msgspec.Struct, frozen=True, kw_only=True):
    """What `ip` says of a port: its hardware address, and its IPv4 addresses with their prefix."""

    mac: str
    addresses: tuple[str, ...]


def read_port(printed: str) -> PortState:
    """From the JSON of `ip -j addr show dev PORT`. Raises NotApplied for anything else."""
    try:
        (port,) = (each for each in json.loads(printed) if each)
        addresses = tuple(
            f"{each['local']}/{each['prefixlen']}" for each in port["addr_info"] if each["family"] == "inet"
        )
        return PortState(mac=str(port.get("address", "")), addresses=addresses)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotApplied("what ip says of the port cannot be read") from None


async def port_state(port: str) -> PortState:
    """What the machine's port has now. Raises NotApplied."""
    return read_port(await run("ip", "-j", "addr", "show", "dev", port))


def differences(now: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Addresses that are there and should not be, or the other way round."""
    return sorted(set(now) ^ set(wanted))


def orders(port: str, now: PortState, wanted: Addressing) -> list[str]:
    """The lines for `ip -batch`, in an order that never takes away what is to stay.

    Taking away the first address of a subnet takes those after it along, so that all are given again at the
    end.
    """
    mac = wanted.mac.lower()
    lines = (
        [f"link set dev {port} down", f"link set dev {port} address {mac}"]
        if mac not in {"", now.mac}
        else []
    )
    lines.append(f"link set dev {port} up")
    lines += [f"addr del {each} dev {port}" for each in now.addresses if each not in wanted.with_prefix]
    lines += [f"addr replace {each} dev {port}" for each in wanted.with_prefix]
    if wanted.gateway:
        lines.append(f"route replace default via {wanted.gateway} dev {port}")
    else:
        lines.append(f"route flush default dev {port}")
    return lines


def resolver_file(name_servers: Iterable[str]) -> bytes:
    """The file for the machine's resolver."""
    lines = ["# Written by evtty.", *(f"nameserver {each}" for each in name_servers)]
    return "\n".join([*lines, ""]).encode()


class IpNetwork:
    """Works the port `port`; every IPv4 address on it is the station's. Needs CAP_NET_ADMIN."""

    proves_the_way = True

    def __init__(self, port: str, resolv_conf: str) -> None:
        self._port = port
        self._resolv_conf = resolv_conf

    async def apply(self, wanted: Addressing) -> None:
        now = await port_state(self._port)
        batch = "\n".join(orders(self._port, now, wanted)) + "\n"
        # What is gone with the address before it fails to be taken away: the result decides.
        await run("ip", "-force", "-batch", "-", given=batch, failing_is_fine=True)
        missing = differences((await port_state(self._port)).addresses, wanted.with_prefix)
        if missing:
            raise NotApplied(
                f"{self._port} could not be given {', '.join(missing)}; evtty needs the right to"
            )
        if self._resolv_conf:
            content = resolver_file(wanted.name_servers)
            await asyncio.to_thread(atomic_write, Path(self._resolv_conf), content, mode=0o644)

    async def check(self, applied: Addressing) -> tuple[NetworkCheck, ...]:
        return await look(self._port, applied)
