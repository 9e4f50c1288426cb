"""What current a set point stands for: none where it is too small (guide, Derated charging current)."""

from __future__ import annotations

import msgspec

SMALLEST_OFFER = 6
"""A; the least that IEC 61851-1 can offer."""

SMALLEST_BALANCED = {1: 8, 3: 14}
"""A by phases; the least that load balancing leaves a car with."""


def smallest_current(phases: int, balancing: bool) -> int:
    """The least current in A that a charge runs with; a wallbox always counts as balancing."""
    return SMALLEST_BALANCED[phases] if balancing else SMALLEST_OFFER


def operating_current(set_point: float, phases: int, balancing: bool) -> float:
    """The current in A that a set point stands for: 0 below the least that a charge runs with."""
    return set_point if set_point >= smallest_current(phases, balancing) else 0


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What a set point comes to in A for a charge on so many phases, and the least that would count."""

    phases: int
    current: float
    least: int


def counts_as(set_point: float, *, phases: int, balancing: bool) -> tuple[Counts, ...]:
    """What a set point comes to for every car that can charge on a socket-outlet of 1 or 3 phases."""
    return tuple(
        Counts(
            phases=each,
            current=operating_current(set_point, each, balancing),
            least=smallest_current(each, balancing),
        )
        for each in (1, 3)
        if each <= phases
    )
