"""Energy that runs at a constant power."""

from __future__ import annotations

import msgspec

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
