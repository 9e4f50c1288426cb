"""What has gone wrong at a charge point, and how long that lasts."""

from __future__ import annotations

from core.charge_points.alarms import HELD, OVERLOAD, UNPLUG_ERROR, VEHICLE_VANISHED, VENTILATION
from core.charge_points.errors_now import is_overloaded
from core.charge_points.rules import PointRules

CABLE_LEFT_SECONDS = 30.0
"""s; a cable that is still plugged in so long after its vehicle has gone was left behind."""

OVERLOAD_SECONDS = 5.0
"""s; so long a vehicle may draw more than it is offered (IEC 61851-1, 6.3.1.6)."""

METERED_OVERLOAD_SECONDS = 10.0
"""s; a power meter is asked once a second, and may leave out two answers."""


class Troubles:
    """Errors that a moment's readings do not show: what needs time to be one, and what stays."""

    def __init__(self) -> None:
        self._held: frozenset[int] = frozenset()
        self._vehicle_left: float | None = None
        self._overload_at: float | None = None

    def vehicle_came(self) -> None:
        """A vehicle was plugged in: what its predecessor left behind is over."""
        self._vehicle_left, self._held = None, frozenset()

    def vehicle_gone(self, at: float, *, abruptly: bool) -> None:
        """The vehicle has gone; `abruptly`: while current flowed."""
        self._held = frozenset({VEHICLE_VANISHED}) if abruptly else frozenset()
        self._vehicle_left = at

    def no_cable(self, *, attached: bool) -> None:
        """Nothing is plugged in; an attached cable cannot be taken away."""
        self._vehicle_left = None
        if not (attached and VEHICLE_VANISHED in self._held):
            self._held = frozenset()

    def next_change(self) -> tuple[float | None, ...]:
        """When something becomes an error, in elapsed s."""
        return (
            None if self._vehicle_left is None else self._vehicle_left + CABLE_LEFT_SECONDS,
            self._overload_at,
        )

    def watch(
        self,
        at: float,
        rules: PointRules,
        *,
        flowing: float | None,
        drawn: float | None,
        metered: bool,
        ventilation: bool,
    ) -> None:
        """Notice what is an error only after some time, or only in a charge.

        `flowing`: A offered while the contactor is closed, else None. `drawn`: A of the strongest phase, by a
        power meter where `metered`. `ventilation`: a vehicle in charge asks for it.
        """
        if self.cable_left(at, rules):
            self._held |= {UNPLUG_ERROR}
        if flowing is None or not is_overloaded(drawn, flowing):
            self._overload_at = None
        elif self._overload_at is None:
            self._overload_at = at + (METERED_OVERLOAD_SECONDS if metered else OVERLOAD_SECONDS)
        elif at >= self._overload_at:
            self._held |= {OVERLOAD}
        if ventilation and rules.indoor:
            self._held |= {VENTILATION}

    def cable_left(self, at: float, rules: PointRules) -> bool:
        """The cable was left behind where it may not stay."""
        left = self._vehicle_left
        return left is not None and not rules.cable_may_stay and at >= left + CABLE_LEFT_SECONDS

    def with_those(self, current: frozenset[int], *, vehicle: bool) -> frozenset[int]:
        """The errors that readings show now, with those that last; a vehicle's alarms begin to last."""
        if vehicle:
            self._held |= current & HELD
        return current | self._held
