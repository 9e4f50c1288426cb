"""What a charge point measures: its power, and the energy that runs up."""

from __future__ import annotations

import msgspec

from core.charge_points.hardware import NO_CURRENT, Readings

_HOUR = 3600.0


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """Energy that runs at a constant power since a moment: Wh at `since` (elapsed s), and W from then on."""

    energy_wh: float
    since: float
    watts: float

    def at(self, moment: float) -> float:
        """The energy in Wh at this moment."""
        return self.energy_wh + self.watts * (moment - self.since) / _HOUR

    def changed(self, watts: float, moment: float) -> Flow:
        """The flow from this moment on; the same one while the power stays, so that no rounding adds up."""
        if watts == self.watts:
            return self
        return Flow(energy_wh=self.at(moment), since=moment, watts=watts)


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What a vehicle draws: W, and on how many phases."""

    watts: float
    phases: int


def drawn(readings: Readings | None, voltage: int) -> Drawn:
    """Power from the current transformers: apparent, at the voltage that was entered (guide, Meters)."""
    current = (readings.current if readings is not None else None) or NO_CURRENT
    return Drawn(watts=sum(current) * voltage, phases=sum(ampere > 0 for ampere in current))
