"""Who may be a client of the building's Modbus, and how many at once."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from core.profile.hardware import Subnet

MOST_CLIENTS = 8
IDLE_SECONDS = 60.0
"""s; a client that has been silent for so long makes room for another."""


def may_come(address: str, allowed: Sequence[Subnet]) -> bool:
    """Whether a client at this address may read and write."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_loopback or any(found in network for network in allowed)


def own_network(address: str, mask: str) -> Subnet:
    """The station's own subnet, whose clients may come where the profile names none."""
    return ipaddress.ip_network(f"{address}/{mask}", strict=False)


class Client(msgspec.Struct, kw_only=True):
    """A connection; `heard_at` in elapsed s, `leave` ends it."""

    address: str
    heard_at: float
    leave: Callable[[], None]


def _heard_at(client: Client) -> float:
    return client.heard_at


class Clients:
    """At most `MOST_CLIENTS` at once."""

    def __init__(self) -> None:
        self._here: list[Client] = []

    def __len__(self) -> int:
        return len(self._here)

    def admit(self, client: Client, at: float) -> bool:
        """Let a client in; where there is no room, the one that has been silent longest may have to go.

        So has one of an address that has at least two more than the newcomer's: nobody takes all the room.
        """
        if len(self._here) >= MOST_CLIENTS:
            going = self._to_go(client, at)
            if going is None:
                return False
            self.forget(going)
            going.leave()
        self._here.append(client)
        return True

    def _to_go(self, newcomer: Client, at: float) -> Client | None:
        idlest = min(self._here, key=_heard_at)
        if at - idlest.heard_at >= IDLE_SECONDS:
            return idlest
        counts = Counter(each.address for each in self._here)
        address, most = counts.most_common(1)[0]
        if most < counts[newcomer.address] + 2:
            return None
        return min((each for each in self._here if each.address == address), key=_heard_at)

    def forget(self, client: Client) -> None:
        """It has gone."""
        if client in self._here:
            self._here.remove(client)

    def dismiss(self) -> None:
        """End every connection."""
        for client in self._here:
            client.leave()
        self._here.clear()
