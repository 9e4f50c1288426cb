"""The energy counter of a charge point: by its meter while that answers, else by estimate; never back."""

from __future__ import annotations

import msgspec

from core.meters.flow import Flow
from core.meters.reading import MeterReading

MOST_WATTS = 100_000.0
"""W; more than a charge point can give. A register that ran up faster belongs to another meter."""

SLACK_WH = 10_000
"""Wh beyond that, for meters that bring their register up to date late."""

_HOUR = 3600.0


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Where register and counter were tied, in Wh; `newest` is what the register showed last, and when."""

    register: int
    counted: float
    serial: int | None
    newest: int
    at: float

    def counts(self, register: int) -> float:
        """What the counter shows at this register, Wh."""
        return self.counted + register - self.register

    def has_counted(self, reading: MeterReading) -> bool:
        """The reading is the newest one, seen again."""
        return reading.at <= self.at and reading.energy_wh == self.newest

    def breaks_at(self, reading: MeterReading) -> bool:
        """The reading is of another meter, or of one that was reset."""
        if reading.serial is not None and self.serial is not None and reading.serial != self.serial:
            return True
        most = MOST_WATTS * max(0.0, reading.at - self.at) / _HOUR + SLACK_WH
        return not 0 <= reading.energy_wh - self.newest <= most


class Counter(msgspec.Struct, frozen=True, kw_only=True):
    """Wh that a charge point has given, at any moment since it was made; `watts` that it gives now.

    `estimate` runs from the last answer of the meter on, by the internal measurement; `certain` is what the
    meter says, while it answers.
    """

    estimate: Flow
    watts: float = 0.0
    certain: float | None = None
    tie: Tie | None = None

    @classmethod
    def starting(cls, energy_wh: float, at: float) -> Counter:
        """A counter that shows so much, with nothing drawn yet."""
        return cls(estimate=Flow(energy_wh=energy_wh, since=at, watts=0.0))

    @property
    def is_metered(self) -> bool:
        """A meter says it; else it is estimated."""
        return self.certain is not None

    def at(self, moment: float) -> float:
        """The energy in Wh at this moment."""
        return self.estimate.at(moment) if self.certain is None else self.certain

    def estimated(self, watts: float, at: float) -> Counter:
        """No meter answers: from now on so many watts are drawn by the internal measurement."""
        return msgspec.structs.replace(
            self, estimate=self.estimate.changed(watts, at), watts=watts, certain=None
        )

    def metered(self, reading: MeterReading, watts: float, at: float) -> Counter:
        """The meter answers; `watts` by the internal measurement carry on if it falls silent after this.

        After a silence the register makes up for what the estimate missed. Where the estimate was too high
        the counter waits until the register has come as far.
        """
        tie = self.tie
        if self.certain is not None and tie is not None and tie.has_counted(reading):
            estimate = self.estimate.changed(watts, at)
            return msgspec.structs.replace(self, estimate=estimate, watts=reading.watts)
        if tie is None or tie.breaks_at(reading):
            counted = self.estimate.at(at)
            tie = Tie(
                register=reading.energy_wh,
                counted=counted,
                serial=reading.serial,
                newest=reading.energy_wh,
                at=reading.at,
            )
        else:
            counted = max(self.at(at), tie.counts(reading.energy_wh))
            serial = tie.serial if reading.serial is None else reading.serial
            tie = msgspec.structs.replace(tie, newest=reading.energy_wh, at=reading.at, serial=serial)
        return Counter(
            estimate=Flow(energy_wh=counted, since=at, watts=watts),
            watts=reading.watts,
            certain=counted,
            tie=tie,
        )

    def begun(self) -> Counter:
        """A session begins: it pays for nothing that was estimated too high, or too low, before it."""
        if self.tie is None or self.certain is None:
            return self
        tie = msgspec.structs.replace(self.tie, register=self.tie.newest, counted=self.certain)
        return msgspec.structs.replace(self, tie=tie)

    def ended(self) -> Counter:
        """A session ends: what the meter counted in a silence of it is not the next one's."""
        return self if self.certain is not None else self.untied()

    def untied(self) -> Counter:
        """There is another meter from now on, or none."""
        return msgspec.structs.replace(self, tie=None)
