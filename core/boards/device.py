"""What the station's side of every real board asks of its driver."""

from __future__ import annotations

from typing import Protocol

from core.boards.seen import Seen
from core.charge_points.hardware import Offer


class Unanswered(Exception):
    """The board has not answered this once, or not so that it can be read."""


class Device(Protocol):
    """A kind of board, as its driver speaks with it. Every method but `close` may raise DeviceLost."""

    async def begin(self) -> str:
        """Open the line, make the board safe for a time without a station; return its firmware."""

    async def round(self, offer: Offer) -> Seen:
        """See to it that the board offers this, and read it. Raises Unanswered."""

    async def notice(self) -> None:
        """Return when the board says something by itself; never, where it does not."""

    def close(self) -> None:
        """Close the line, if it is open."""
