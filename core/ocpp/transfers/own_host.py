"""Keeps a location from leading back into the station: its own services are no servers of the supervision."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from core.publication.parcel import Undelivered
from core.publication.transports.steps import FIND
from core.publication.transports.target import Target

OWN = "{host} is this station itself, or an address without a network. The supervision may not name it."
LOCALHOST = "localhost"

Check = Callable[[Target], Awaitable[None]]
"""Raises Undelivered for a server that the supervision may not name."""


def is_own(address: str) -> bool:
    """An address that leads back to the machine, to the same cable only, or to nobody in particular."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    here = found if mapped is None else mapped
    return bool(here.is_loopback or here.is_link_local or here.is_unspecified or here.is_multicast)


def is_here(url: str) -> bool:
    """The central system runs on the station's own machine, and its servers may too."""
    host = urlsplit(url).hostname or ""
    try:
        return host == LOCALHOST or is_own(host)
    except ValueError:
        return False


def checking(link: Callable[[], str]) -> Check:
    """`link` gives the URL of the central system. A name without an address is left to whoever connects."""

    async def check(target: Target) -> None:
        if is_here(link()):
            return
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        if any(is_own(str(each[4][0])) for each in found):
            raise Undelivered(step=FIND, said=OWN.format(host=target.host))

    return check
