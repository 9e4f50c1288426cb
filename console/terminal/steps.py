"""Output put together step by step, so that several ways can be followed and the cheapest kept."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from console.terminal.movement import NOWHERE

_Key = TypeVar("_Key")


class Step(NamedTuple):
    """One piece of output and what came before it."""

    cost: int
    """Bytes from the beginning of the frame to here."""
    before: Step | None
    text: str

    def then(self, text: str, cost: int | None = None) -> Step:
        """Go on with more output; ``cost`` is its length in bytes where it is not plain ASCII."""
        if not text:
            return self
        return Step(self.cost + (len(text) if cost is None else cost), self, text)

    def output(self) -> str:
        """Everything from the beginning of the frame to here."""
        parts: list[str] = []
        step: Step | None = self
        while step is not None:
            parts.append(step.text)
            step = step.before
        return "".join(reversed(parts))


class Place(NamedTuple):
    """Where the terminal's cursor stands and with what it would write."""

    row: int
    column: int
    pen: int


LOST = Place(NOWHERE, 0, 0)
"""A cursor of which only the pen is known."""

Ways = dict[Place, Step]
"""The cheapest way to each place reached so far."""


def offer(ways: dict[_Key, Step], key: _Key, step: Step) -> None:
    """Keep a way if it is the first or the cheapest to its place."""
    known = ways.get(key)
    if known is None or step.cost < known.cost:
        ways[key] = step


KEPT = 4
WORTH_KEEPING = 16
"""Bytes behind the cheapest from which no change of pen or place makes good."""


def pruned(ways: Ways) -> Ways:
    """Keep the few ways that can still become the cheapest."""
    if len(ways) <= 1:
        return ways
    best = sorted(ways.items(), key=_cost)[:KEPT]
    limit = best[0][1].cost + WORTH_KEEPING
    return {place: step for place, step in best if step.cost <= limit}


def _cost(item: tuple[Place, Step]) -> int:
    return item[1].cost
