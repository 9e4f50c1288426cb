"""The upper limits of the current that one charge point offers, each with what sets it."""

from __future__ import annotations

import msgspec

from core.settings.operating_current import operating_current
from core.values.status import Limit

LOWEST_CURRENT = 6.0
"""A; the least that IEC 61851-1 can offer."""


class LimitInputs(msgspec.Struct, frozen=True, kw_only=True):
    """What limits follow from; currents in A, None where something does not limit now."""

    rated: float
    supply: float | None = None
    derated: int
    phases: int
    balancing: bool
    cable: int | None = None
    board: float | None = None
    load_shedding: int | None = None
    temporary: int | None = None
    external: float | None = None
    share: float | None = None


def limits_of(inputs: LimitInputs) -> tuple[Limit, ...]:
    """Every limit in force, in the order in which Live status shows them."""

    def point(set_point: float) -> float:
        return operating_current(set_point, inputs.phases, inputs.balancing)

    found: list[Limit] = [
        Limit(source="rated", current=float(inputs.rated)),
        Limit(source="derated", current=float(point(inputs.derated))),
    ]
    if inputs.supply is not None and inputs.supply < inputs.rated:
        found.append(Limit(source="supply", current=inputs.supply))
    if inputs.cable is not None:
        found.append(Limit(source="cable", current=float(inputs.cable)))
    if inputs.board is not None:
        found.append(Limit(source="board", current=inputs.board))
    if inputs.load_shedding is not None:
        found.append(Limit(source="load_shedding_input", current=float(point(inputs.load_shedding))))
    if inputs.temporary is not None:
        found.append(Limit(source="temporary_limit", current=float(point(inputs.temporary))))
    if inputs.external is not None:
        found.append(Limit(source="external", current=float(inputs.external)))
    if inputs.share is not None:
        found.append(Limit(source="balancing", current=float(inputs.share)))
    return tuple(found)


def deciding(limits: tuple[Limit, ...]) -> Limit:
    """The smallest limit; of several the first, as nothing would change without the others."""
    return min(limits, key=lambda limit: limit.current)


def offered_current(limits: tuple[Limit, ...]) -> float:
    """The current in A to offer: the smallest limit, or 0 where that is below what the pilot can offer."""
    smallest = deciding(limits).current
    return smallest if smallest >= LOWEST_CURRENT else 0.0
