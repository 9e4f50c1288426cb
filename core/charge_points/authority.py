"""Who is asked about badges where the supervision decides."""

from __future__ import annotations

from typing import Protocol

from core.badges.verdict import Verdict
from core.errors import StationError


class NoAnswer(StationError):
    """The supervision cannot be reached, or refuses to answer."""

    code = "no_answer"


class Authority(Protocol):
    """A supervision that authorises badges; the station bounds how long it waits, and cancels then."""

    @property
    def linked(self) -> bool:
        """It can be asked now."""

    async def authorise(self, uid: str, point: int | None) -> Verdict:
        """Ask whether a badge may charge, at this charge point where one is meant. Raises NoAnswer."""

    async def listed(self, uid: str) -> Verdict | None:
        """What the list of badges that it has sent says; None for a badge that is not in it. Asks nobody."""


class NoAuthority:
    """Nobody is there to ask."""

    linked = False

    async def authorise(self, uid: str, point: int | None) -> Verdict:  # noqa: ARG002 - the protocol's
        raise NoAnswer("There is no supervision to ask about badge {uid}", uid=uid)

    async def listed(self, uid: str) -> Verdict | None:  # noqa: ARG002 - the protocol's
        return None
