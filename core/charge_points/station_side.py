"""The charge points of a station on one supply, walked from change to change through time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.charge_points.point import ChargePoint
from core.energy.allocation import Claim, Priority, allocate
from core.energy.limits import limits_of, offered_current
from core.settings.operating_current import smallest_current
from core.values.status import Limit

ROUNDS = 20
"""Vehicle and station answer each other at one moment in three or four rounds; more is a fault of a board."""


class StationSide:
    """All charge points of a station, on a supply of so many A per phase.

    Between two changes every power is constant, so that a walk over hours is as exact as one over seconds.
    """

    def __init__(self, points: Sequence[ChargePoint], *, supply_current: float, at: float) -> None:
        self.points = tuple(points)
        self.limits: dict[int, tuple[Limit, ...]] = {}
        self.at = at
        self.priority: Priority = "charge_duration"
        self._supply = supply_current
        self._shed: frozenset[int] = frozenset()

    def advance_to(self, at: float) -> None:
        """Let time pass up to an elapsed time, through every change on the way."""
        while (coming := self._next_change()) is not None and coming <= at:
            self.at = coming
            self.settle()
        self.at = max(at, self.at)
        self.settle()

    def _next_change(self) -> float | None:
        coming = [point.next_change(self.at) for point in self.points]
        return min((moment for moment in coming if moment is not None), default=None)

    def settle(self) -> None:
        """Let boards and station answer each other until nothing changes at this moment."""
        for _ in range(ROUNDS):
            for point in self.points:
                self._observe(point)
            shares = self._shares()
            changed = False
            # Lower offers come first, so that the supply is not exceeded even for a moment.
            for point in sorted(self.points, key=lambda each: self._current(each, shares) - each.offered):
                changed |= point.apply(self._current(point, shares), self.at)
            if not changed:
                break

    def _observe(self, point: ChargePoint) -> None:
        grant = point.grant
        point.observe(self.at)
        if grant is not None and point.session is not None:
            for other in self.points:
                if other is not point and other.grant is grant:
                    other.grant = None

    def _claim(self, point: ChargePoint) -> Claim | None:
        if point.session is None or point.postponed or point.is_blocked:
            return None
        inputs = point.limit_inputs()
        maximum = offered_current(limits_of(inputs))
        if maximum <= 0:
            return None
        return Claim(
            point=point.number,
            lines=frozenset(point.rules.lines[: inputs.phases]),
            minimum=min(smallest_current(inputs.phases, balancing=True), maximum),
            maximum=maximum,
            started=point.session.began,
            energy_wh=point.session.energy_wh(point.meter.at(self.at)),
        )

    def _shares(self) -> Mapping[int, float]:
        """The current of every point that may charge now; also what `limits` shows."""
        claims = [claim for point in self.points if (claim := self._claim(point)) is not None]
        shares = {claim.point: claim.maximum for claim in claims}
        shared = any(point.rules.balancing for point in self.points)
        if shared:
            shares = dict(allocate(claims, self._supply, self.priority, self._shed))
            self._shed = frozenset(number for number, share in shares.items() if share == 0)
        for point in self.points:
            self.limits[point.number] = limits_of(
                point.limit_inputs(shares.get(point.number) if shared else None)
            )
        return shares

    def _current(self, point: ChargePoint, shares: Mapping[int, float]) -> float:
        return offered_current(self.limits[point.number]) if point.number in shares else 0.0
