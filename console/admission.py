"""Who may open a connection now: caps, penalties, and slots kept free for the service network."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
SERVICE_NETWORK = ipaddress.ip_network("192.168.0.240/28")
"""Where a technician's computer stands that is connected directly (guide, connecting to the station)."""

SOURCES_REMEMBERED = 1000


@dataclass(frozen=True, kw_only=True)
class AdmissionRules:
    """How many connections at once, and what failing costs.

    `reserved` of `total` are only for the service networks. `strangers` may be connected without having
    logged in, outside the service networks. A refused log-in is a failure, a connection without any try
    `silent_weight` of one. A source with `failures_free` failures is shut out for `penalty_s`, twice as long
    for each further one, at most `penalty_most_s`; a log-in clears it.
    """

    total: int = 32
    reserved: int = 4
    per_source: int = 12
    strangers: int = 10
    failures_free: int = 6
    silent_weight: float = 0.2
    penalty_s: float = 5.0
    penalty_most_s: float = 300.0
    service_networks: tuple[Network, ...] = (SERVICE_NETWORK,)


class Refusal(Enum):
    """Why a connection is not taken."""

    FULL = "full"
    TOO_MANY_FROM_SOURCE = "too_many_from_source"
    TOO_MANY_STRANGERS = "too_many_strangers"
    PENALTY = "penalty"


@dataclass(frozen=True)
class Ticket:
    """A connection that was taken; it is given back with `Admission.left`."""

    source: str
    service: bool


@dataclass
class _Source:
    connected: int = 0
    failures: float = 0.0
    shut_until: float = 0.0


def source_of(address: str) -> str:
    """What counts as one source: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """True when `address` belongs to one of `networks`; IPv4 in IPv6's clothes counts as IPv4."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed.version == network.version and parsed in network for network in networks)


@dataclass
class Admission:
    """Decides on connections; does nothing itself. `now` is in seconds and never goes back."""

    rules: AdmissionRules = field(default_factory=AdmissionRules)
    _sources: dict[str, _Source] = field(default_factory=dict)
    _outside: int = 0
    _inside: int = 0
    _strangers: dict[Ticket, int] = field(default_factory=dict)

    @property
    def connected(self) -> int:
        return self._outside + self._inside

    def ask(self, address: str, now: float) -> Ticket | Refusal:
        """Take a connection from `address`, or say why not."""
        rules = self.rules
        name = source_of(address)
        service = is_within(address, rules.service_networks)
        source = self._sources.get(name, _Source())
        if self.connected >= rules.total:
            return Refusal.FULL
        if not service:
            if self._outside >= rules.total - rules.reserved:
                return Refusal.FULL
            if now < source.shut_until:
                return Refusal.PENALTY
            if sum(self._strangers.values()) >= rules.strangers:
                return Refusal.TOO_MANY_STRANGERS
        if source.connected >= rules.per_source:
            return Refusal.TOO_MANY_FROM_SOURCE
        ticket = Ticket(name, service)
        self._remember(name, now).connected += 1
        if service:
            self._inside += 1
        else:
            self._outside += 1
            self._strangers[ticket] = self._strangers.get(ticket, 0) + 1
        return ticket

    def failed(self, ticket: Ticket, now: float, *, silently: bool = False) -> None:
        """A log-in was refused, or (`silently`) the connection left without any try."""
        source = self._remember(ticket.source, now)
        source.failures += self.rules.silent_weight if silently else 1
        beyond = source.failures - self.rules.failures_free
        if beyond >= 0:
            penalty = min(self.rules.penalty_s * 2.0 ** min(beyond, 20), self.rules.penalty_most_s)
            source.shut_until = now + penalty

    def known(self, ticket: Ticket) -> None:
        """Somebody logged in on this connection."""
        if (source := self._sources.get(ticket.source)) is not None:
            source.failures = 0.0
            source.shut_until = 0.0
        self._no_stranger(ticket)

    def left(self, ticket: Ticket, *, was_known: bool) -> None:
        """The connection is gone."""
        if not was_known:
            self._no_stranger(ticket)
        if ticket.service:
            self._inside -= 1
        else:
            self._outside -= 1
        source = self._sources[ticket.source]
        source.connected -= 1
        if not source.connected and not source.failures:
            del self._sources[ticket.source]

    def _no_stranger(self, ticket: Ticket) -> None:
        left = self._strangers.get(ticket, 0) - 1
        if left > 0:
            self._strangers[ticket] = left
        else:
            self._strangers.pop(ticket, None)

    def _remember(self, name: str, now: float) -> _Source:
        if name not in self._sources:
            if len(self._sources) >= SOURCES_REMEMBERED:
                self._forget(now)
            self._sources[name] = _Source()
        return self._sources[name]

    def _forget(self, now: float) -> None:
        """Make room: of those who are not connected the penalties that end first are forgotten."""
        idle = [(source.shut_until, name) for name, source in self._sources.items() if not source.connected]
        past = [name for until, name in idle if until <= now]
        for name in past or [name for _, name in sorted(idle)[: len(idle) // 2 + 1]]:
            del self._sources[name]
