"""A simulated vehicle on its cable: when it asks for current, how much it takes, when it is full."""

from __future__ import annotations

from core.values.simulation import Vehicle

SUPPLY_VOLTAGE = 230.0
"""V between phase and neutral of the simulated supply."""

_HOUR = 3600.0


class PluggedVehicle:
    """A vehicle from plug-in to departure; its current is constant between two changes of its offer."""

    def __init__(self, vehicle: Vehicle, *, phases: int, at: float) -> None:
        self.vehicle = vehicle
        self.phases = phases
        self.leaving = False
        self._ready_at = at + vehicle.ready_after_s
        self._taken_wh = 0.0
        self._since = at
        self._current = 0.0

    def full_at(self) -> float | None:
        """When it is full at the current that it draws; None where that never comes."""
        if self.vehicle.energy_wh is None:
            return None
        left = self.vehicle.energy_wh - self._taken_wh
        if left <= 0:
            return self._since
        return self._since + left * _HOUR / self._watts if self._current > 0 else None

    def asks(self, at: float) -> bool:
        """It would close its switch S2 now."""
        full = self.full_at()
        return not self.leaving and at >= self._ready_at and (full is None or at < full)

    def draw(self, current: float, at: float) -> None:
        """Draw this current in A a phase from now on."""
        if current == self._current:
            return
        full = self.full_at()
        if full is not None and at >= full and self.vehicle.energy_wh is not None:
            self._taken_wh = float(self.vehicle.energy_wh)
        else:
            self._taken_wh += self._watts * (at - self._since) / _HOUR
        self._since, self._current = at, current

    def next_change(self, at: float) -> float | None:
        """When it gets ready or full, whichever comes first after `at`."""
        coming = [moment for moment in (self._ready_at, self.full_at()) if moment is not None and moment > at]
        return min(coming, default=None)

    @property
    def current(self) -> float:
        return self._current

    @property
    def _watts(self) -> float:
        return self._current * self.phases * SUPPLY_VOLTAGE
