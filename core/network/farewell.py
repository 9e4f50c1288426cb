"""Ends the sessions that came in by an address which the station gives up, before it is gone."""

from __future__ import annotations

from core.clock import Clock
from core.network.addressing import Addressing
from core.network.trial import loses
from core.sessions import Sessions

GOODBYE_S = 1.0
"""So long the last words may take to whoever is lost with an address."""


class Farewell:
    """Tells each of them where the station answers next, and gives its connection time to end cleanly."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    async def say(self, before: Addressing, wanted: Addressing, confirm_within_s: int) -> None:
        """`confirm_within_s`: how long the next addresses are on trial; 0: they are the saved ones."""
        lost = [info for info in self._sessions.all() if loses(info, before, wanted)]
        for info in lost:
            await self._sessions.end(
                self._sessions.get(info.id),
                reason="address_gone",
                by="",
                address=wanted.station,
                confirm_within_s=confirm_within_s,
            )
        if lost:
            await self._clock.sleep(GOODBYE_S)
