"""The shares of the supply from moment to moment: nobody rises before the others have come down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from core.energy.allocation import Claim, Priority
from core.energy.promised import Lines, Promise, Promised
from core.energy.shedding import ROOM_SECONDS, Shares, Shed, shares_of

_ROUNDING = 1e-6

_PRIORITIES: Mapping[Priority, str] = {
    "charge_duration": "the charge that began first gives way",
    "energy_delivered": "the charge that has taken most energy gives way",
}


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A of the supply for one charge point, and why it is not more ("" where its own limits are lower)."""

    current: float
    why: str = ""


class Balancing:
    """A supply of so many A per phase, that charge points share; times are elapsed s."""

    def __init__(self, supply: float) -> None:
        self._whole = supply
        self._supply = supply
        self._promised = Promised()
        self._shed: Shed = {}
        self._next: float | None = None

    def shares(self, claims: Sequence[Claim], priority: Priority, at: float) -> Mapping[int, Share]:
        """What each charge point that claims may be offered now.

        Never above the supply on any phase together with all that the others may take at this moment.
        """
        self._promised.passed(at)
        fair = shares_of(claims, self._supply, priority, self._shed, at)
        self._shed, self._next = fair.shed, fair.next_change()
        granted: dict[int, Promise] = {}
        for claim in claims:
            room = self._promised.room(claim.point, claim.lines, self._supply, granted)
            share = fair.current[claim.point]
            current = share if share <= room + _ROUNDING else room
            if current < claim.minimum - _ROUNDING:
                current = 0.0
            granted[claim.point] = Promise(current=current, lines=claim.lines)
        return {
            claim.point: Share(
                current=granted[claim.point].current,
                why=self._why(claim, claims, fair, granted[claim.point].current, priority),
            )
            for claim in claims
        }

    def limit(self, current: float | None) -> None:
        """An external system allows less of the supply, in A; None: all of it."""
        self._supply = self._whole if current is None else min(self._whole, current)

    def unheard(self, point: int, *, current: float, lines: Lines, at: float) -> None:
        """At the start: a board that was not told anything yet may offer anything up to this current."""
        self._promised.unheard(point, current=current, lines=lines, at=at)

    def silent(self, point: int) -> None:
        """A board does not answer: it may go on with what it was told last."""
        self._promised.silent(point)

    def told(self, point: int, *, current: float, lines: Lines, closed: bool, at: float) -> None:
        """A charge point may take this current on these phases from now on; `closed`: its contactor is."""
        self._promised.told(point, current=current, lines=lines, closed=closed, at=at)

    def next_change(self) -> float | None:
        """When somebody may come back or rise."""
        coming = (self._next, self._promised.next_change())
        return min((moment for moment in coming if moment is not None), default=None)

    def _why(
        self, claim: Claim, claims: Sequence[Claim], fair: Shares, current: float, priority: Priority
    ) -> str:
        share = fair.current[claim.point]
        if claim.point in fair.shed:
            if claim.minimum > self._supply:
                return f"the supply has less than its minimum of {claim.minimum:g} A"
            if fair.shed[claim.point] is not None:
                return f"shed; comes back after {ROOM_SECONDS:g} s of room"
            return f"shed: {_PRIORITIES[priority]}"
        if current < share:
            return "waits until nobody takes more than he is offered now"
        if share >= claim.maximum:
            return ""
        if share >= claim.wanted:
            return "its vehicle uses no more"
        others = [
            str(other.point)
            for other in claims
            if other.point != claim.point and fair.current[other.point] > 0 and other.lines & claim.lines
        ]
        return f"shared with charge point {', '.join(others)}" if others else "all that the supply has"
