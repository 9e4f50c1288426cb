"""How long somebody must wait after wrong passwords."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterator

import msgspec

from core.api import Origin

FORGOTTEN_AFTER = 900.0
MOST_REMEMBERED = 4_096


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The wait doubles from 1 s with each failure after the `free` ones, up to `longest` seconds."""

    free: int
    longest: float

    def wait(self, failures: int) -> float:
        """Seconds to wait after so many failures."""
        if failures <= self.free:
            return 0.0
        return float(min(self.longest, 2.0 ** min(failures - self.free - 1, 30)))


BY_SOURCE_AND_ACCOUNT = Rule(free=2, longest=300)
BY_SOURCE = Rule(free=10, longest=300)
# Somebody who tries from everywhere slows the account down, but cannot close it for its owner.
BY_ACCOUNT = Rule(free=20, longest=5)
# Who has the line in his hands is delayed, never locked out.
BY_LINE = Rule(free=2, longest=10)

Key = tuple[str, ...]


class Delays:
    """Failures by source and by account; forgotten after a quarter of an hour without one."""

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._failures: dict[Key, tuple[int, float]] = {}

    def wait(self, origin: Origin, account: str) -> float:
        """Seconds until the next try is looked at; 0 when it may come now."""
        now = self._elapsed()
        return max(0.0, *(self._until(key, rule) - now for key, rule in _rules(origin, account)))

    def failed(self, origin: Origin, account: str) -> float:
        """Count a wrong password; return the seconds to wait now."""
        now = self._elapsed()
        for key, _ in _rules(origin, account):
            self._failures[key] = (self._count(key) + 1, now)
        if len(self._failures) > MOST_REMEMBERED:
            self._forget(now)
        return self.wait(origin, account)

    def succeeded(self, origin: Origin, account: str) -> None:
        """Forget the failures of this source with this account; those with others stay."""
        (key, _), *_ = _rules(origin, account)
        self._failures.pop(key, None)

    def _count(self, key: Key) -> int:
        count, when = self._failures.get(key, (0, 0.0))
        return count if self._elapsed() - when < FORGOTTEN_AFTER else 0

    def _until(self, key: Key, rule: Rule) -> float:
        _, when = self._failures.get(key, (0, 0.0))
        return when + rule.wait(self._count(key))

    def _forget(self, now: float) -> None:
        newest = sorted(self._failures.items(), key=lambda item: item[1][1])[MOST_REMEMBERED // 2 :]
        self._failures = {key: entry for key, entry in newest if now - entry[1] < FORGOTTEN_AFTER}


def network_of(address: str) -> str:
    """The source that an address belongs to: one IPv6 network (/64) is one source."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _rules(origin: Origin, account: str) -> Iterator[tuple[Key, Rule]]:
    source = (origin.kind, network_of(origin.address))
    if origin.kind != "ssh":
        yield ("line", *source, account), BY_LINE
        return
    yield ("pair", *source, account), BY_SOURCE_AND_ACCOUNT
    yield ("source", *source), BY_SOURCE
    yield ("account", account), BY_ACCOUNT
