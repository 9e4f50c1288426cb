"""Who is shed, and when a shed charge point comes back: not before there was room for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from core.energy.allocation import Claim, Priority, allocate

ROOM_SECONDS = 60.0
"""s; so long there must be room for a shed charge point before it comes back."""

Shed = Mapping[int, float | None]
"""The charge points that are shed, with the elapsed s since when there is room (None: there is none)."""


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """A for every charge point that claims, and who is shed now."""

    current: Mapping[int, float]
    shed: Shed

    def next_change(self) -> float | None:
        """When a shed charge point comes back, in elapsed s."""
        coming = [since + ROOM_SECONDS for since in self.shed.values() if since is not None]
        return min(coming, default=None)


def shares_of(claims: Sequence[Claim], supply: float, priority: Priority, before: Shed, at: float) -> Shares:
    """The shares at an elapsed time, after those charge points were shed `before`.

    One that no longer claims is forgotten: its next charge begins at once where there is room.
    """
    claiming = {claim.point for claim in claims}
    held = frozenset(before) & claiming
    ideal = allocate(claims, supply, priority, held)
    shed = {point: _room_since(before[point], ideal[point], at) for point in held}
    waiting = {point for point, since in shed.items() if since is None or at < since + ROOM_SECONDS}
    shares = dict.fromkeys(claiming, 0.0)
    shares |= allocate([claim for claim in claims if claim.point not in waiting], supply, priority)
    return Shares(
        current=shares,
        shed={point: shed[point] if point in waiting else None for point in claiming if shares[point] == 0},
    )


def _room_since(before: float | None, share: float, at: float) -> float | None:
    if share == 0:
        return None
    return at if before is None else before
