"""The limits that external systems set on charge points: OCPP and building management."""

from __future__ import annotations

import math

import msgspec

from core.errors import Invalid

HIGHEST_CURRENT = 80.0
"""A; the most that a charge point can offer."""


class OutsideLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A, and which system set it."""

    current: float
    origin: str


class OutsideLimits:
    """One limit a charge point from each system; of several the smallest counts."""

    def __init__(self) -> None:
        self._set: dict[int, dict[str, float]] = {}
        self.supply: float | None = None
        """A per phase that the charge points may take together; None: nothing outside limits that."""

    def limit_supply(self, current: float | None) -> None:
        """Limit all charge points together. Raises Invalid for less than 0 A."""
        if current is not None and not (math.isfinite(current) and current >= 0):
            raise Invalid("A limit of the supply is 0 A or more, got {got}", got=current)
        self.supply = current

    def set(self, point: int, current: float | None, origin: str) -> None:
        """Limit a charge point; None takes the limit of this system away.

        Raises Invalid for what is not 0..80 A. Below 6 A nothing can be offered, so that the charge pauses.
        """
        of_point = self._set.setdefault(point, {})
        if current is None:
            of_point.pop(origin, None)
            return
        if not (math.isfinite(current) and 0 <= current <= HIGHEST_CURRENT):
            raise Invalid("A limit is 0 to 80 A, got {got}", got=current)
        of_point[origin] = float(current)

    def by(self, point: int, origin: str) -> float | None:
        """A that one system allows a charge point; None: it has set no limit."""
        return self._set.get(point, {}).get(origin)

    def clear(self) -> None:
        """Forget every limit."""
        self._set, self.supply = {}, None

    def of(self, point: int) -> OutsideLimit | None:
        """What limits this charge point from outside, if anything."""
        of_point = self._set.get(point, {})
        found = [OutsideLimit(current=current, origin=origin) for origin, current in of_point.items()]
        return min(found, key=lambda limit: limit.current, default=None)
