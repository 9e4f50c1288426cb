"""What a transport needs besides its server: time, trust, patience."""

from __future__ import annotations

import msgspec

from core.clock import Clock
from core.publication.transports.limits import Limits


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """`station` is its name; `authorities` the PEM of those to trust in place of the system's.

    `also_public`: the system's are trusted too.
    """

    station: str
    clock: Clock
    limits: Limits
    authorities: str | None
    also_public: bool = False
