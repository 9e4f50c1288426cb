"""What carries out the network settings, and what it can find out about them."""

from __future__ import annotations

from typing import Protocol

from core.network.addressing import Addressing
from core.values.network import NetworkCheck


class NotApplied(Exception):
    """The driver could not do it; its text says why, to an electrician."""


class NetworkDriver(Protocol):
    """Makes the station answer at the addresses of an Addressing and at no other of its own.

    `proves_the_way`: a session's own address says by which network it came.
    """

    proves_the_way: bool

    async def apply(self, wanted: Addressing) -> None:
        """Bring it about; doing it again changes nothing. Raises NotApplied."""

    async def check(self, applied: Addressing) -> tuple[NetworkCheck, ...]:
        """Look at link, addresses, gateway and name servers; takes a few seconds, raises nothing."""
