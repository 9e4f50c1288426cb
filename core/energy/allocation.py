"""How the supply is shared between charge points: max-min fair per network phase, with minimums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

Priority = Literal["charge_duration", "energy_delivered"]

_ROUNDING = 1e-9


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A charge point that wants current.

    `lines`: the network phases it loads (1..3); `minimum` and `maximum` A; `usable`: A that its vehicle is
    known to use at most, None where that is not known; `started`: elapsed seconds at which its session
    began; `energy_wh`: what the session has delivered.
    """

    point: int
    lines: frozenset[int]
    minimum: float
    maximum: float
    usable: float | None = None
    started: float
    energy_wh: float

    @property
    def wanted(self) -> float:
        """A that it grows to while somebody else could use the rest."""
        return self.maximum if self.usable is None else max(self.minimum, min(self.usable, self.maximum))


def allocate(
    claims: Sequence[Claim],
    supply: float,
    priority: Priority,
    shed_before: frozenset[int] = frozenset(),
) -> Mapping[int, float]:
    """The share in A of each charge point that claims; 0 for one that is shed.

    Every claim gets its minimum, then the smallest shares grow together until the supply (A per phase) is
    used or a claim has what it can use; what is left then goes to those whose maximum is higher. Where the
    minimums do not fit, points are shed by `priority`, those that already were first.
    """
    taking, shed = list(claims), []
    while taking and not _fit(taking, supply):
        shed.append(_first_to_shed(taking, priority, shed_before))
        taking.remove(shed[-1])
    # The last one to go may have made room for one that needs less.
    for claim in reversed(shed):
        if _fit([*taking, claim], supply):
            taking.append(claim)
    shares = {claim.point: claim.minimum for claim in taking}
    shares = _grown(taking, shares, {claim.point: claim.wanted for claim in taking}, supply)
    shares = _grown(taking, shares, {claim.point: claim.maximum for claim in taking}, supply)
    return {claim.point: shares.get(claim.point, 0.0) for claim in claims}


def _load(line: int, shares: Mapping[int, float], claims: Sequence[Claim]) -> float:
    return sum(shares[claim.point] for claim in claims if line in claim.lines)


def _fit(claims: Sequence[Claim], supply: float) -> bool:
    """The minimums of these claims fit into the supply."""
    minimums = {claim.point: claim.minimum for claim in claims}
    return all(_load(line, minimums, claims) <= supply + _ROUNDING for line in (1, 2, 3))


def _first_to_shed(claims: Sequence[Claim], priority: Priority, shed_before: frozenset[int]) -> Claim:
    if priority == "charge_duration":
        return min(claims, key=lambda claim: (claim.point not in shed_before, claim.started, claim.point))
    return min(
        claims,
        key=lambda claim: (claim.point not in shed_before, -claim.energy_wh, claim.started, claim.point),
    )


def _grown(
    claims: Sequence[Claim], start: Mapping[int, float], ceilings: Mapping[int, float], supply: float
) -> dict[int, float]:
    """The shares after the smallest ones grew together, none above its ceiling, no phase above the supply."""
    shares = dict(start)
    while growing := [claim for claim in claims if _may_grow(claim, claims, shares, ceilings, supply)]:
        level = min(shares[claim.point] for claim in growing)
        lowest = [claim for claim in growing if shares[claim.point] <= level + _ROUNDING]
        above = [shares[claim.point] for claim in growing if shares[claim.point] > level + _ROUNDING]
        steps = [ceilings[claim.point] - shares[claim.point] for claim in lowest]
        if above:
            steps.append(min(above) - level)
        for line in (1, 2, 3):
            sharing = sum(line in claim.lines for claim in lowest)
            if sharing:
                steps.append((supply - _load(line, shares, claims)) / sharing)
        for claim in lowest:
            shares[claim.point] += min(steps)
    return shares


def _may_grow(
    claim: Claim,
    claims: Sequence[Claim],
    shares: Mapping[int, float],
    ceilings: Mapping[int, float],
    supply: float,
) -> bool:
    has_room = all(_load(line, shares, claims) < supply - _ROUNDING for line in claim.lines)
    return has_room and shares[claim.point] < ceilings[claim.point] - _ROUNDING
