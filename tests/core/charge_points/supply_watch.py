"""Watches every offer that boards are told: vehicles may take each for five seconds after it was lowered."""

from __future__ import annotations

from collections.abc import Callable

from core.charge_points.hardware import NO_CURRENT, Offer, Readings
from core.charge_points.simulated import SimulatedBoard

LAG = 5.0
"""s; so long a vehicle may go on with what it was offered before (IEC 61851-1)."""

TOLERANCE = 1e-6


class WatchedBoard(SimulatedBoard):
    """A simulated board that tells of every offer before it follows it."""

    told: Callable[[Offer, float], None] | None = None

    def apply(self, offer: Offer, at: float) -> None:
        if self.told is not None:
            self.told(offer, at)
        super().apply(offer, at)


class SupplyWatch:
    """Fails as soon as vehicles could take more than the supply on a phase.

    `lines` gives the network phases of a charge point when it is asked. A vehicle takes nothing through an
    open contactor, and up to the highest of its offers of the last LAG seconds through a closed one.
    """

    def __init__(
        self, supply: float, boards: dict[int, WatchedBoard], lines: Callable[[int], frozenset[int]]
    ):
        self._supply = supply
        self._lines = lines
        self._offers: dict[int, list[tuple[float, Offer, frozenset[int]]]] = {point: [] for point in boards}
        self.offers = 0
        for point, board in boards.items():
            board.told = self._listener(point)

    def _listener(self, point: int) -> Callable[[Offer, float], None]:
        def told(offer: Offer, at: float) -> None:
            self.offers += 1
            self._offers[point].append((at, offer, self._lines(point)))
            self.check(at)

        return told

    def check(self, at: float) -> None:
        """Nobody could take too much at this moment."""
        for line in (1, 2, 3):
            loads = {point: self._most(point, line, at) for point in self._offers}
            assert sum(loads.values()) <= self._supply + TOLERANCE, f"{loads} on L{line} at {at} s"

    def _most(self, point: int, line: int, at: float) -> float:
        """A that the vehicle there may take on a phase at this moment, or as soon as its contactor closes."""
        most, until = 0.0, at
        for since, offer, lines in reversed(self._offers[point]):
            if until < at - LAG:
                break
            if line in lines:
                most = max(most, offer.current)
            if not offer.closed:
                break
            until = since
        return most


def drawn_by_line(
    readings: dict[int, Readings | None], orders: dict[int, tuple[int, int, int]]
) -> dict[int, float]:
    """A on each network phase, from what each board measures on its terminals."""
    loads = dict.fromkeys((1, 2, 3), 0.0)
    for point, found in readings.items():
        current = None if found is None else found.current
        for line, ampere in zip(orders[point], current or NO_CURRENT, strict=True):
            loads[line] += ampere
    return loads
