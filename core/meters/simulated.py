"""A power meter without hardware, which measures what a simulated vehicle draws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.meters.flow import Flow
from core.meters.reading import MeterReading, Phases
from core.settings.phase_order import PhaseOrder

POWER_FACTOR = 0.98
"""Active against apparent power of a vehicle that charges."""

FREQUENCY = 50.0
SERIAL_NUMBER = 31_550_000
FIRMWARE = 1_102
FIRST_WH = 1_234_567
"""Wh that its register shows at the start: it was in use before."""

Load = Callable[[float], tuple[Phases, Phases]]
"""Current A and voltage V on the contactor's terminals, at an elapsed time."""


class SimulatedMeter:
    """The meter of a charge point; `silent_since` while it does not answer, `shown` is its last reading.

    `is_miswired`: its inputs are one phase further than its wiring says.
    """

    def __init__(self, point: int, load: Load) -> None:
        self.serial = SERIAL_NUMBER + point
        self.silent_since: datetime | None = None
        self.is_miswired = False
        self.shown: MeterReading | None = None
        self._load = load
        self._register: Flow | None = None

    @property
    def is_silent(self) -> bool:
        return self.silent_since is not None

    def reading(self, order: PhaseOrder, at: float) -> MeterReading:
        """What it shows at this moment, wired like this; it counts while it is silent too."""
        current, voltage = self._load(at)
        drawn = _at_inputs(current, order)
        if self.is_miswired:
            drawn = (drawn[2], drawn[0], drawn[1])
        volts = voltage if min(voltage) <= 0 else _at_inputs(voltage, order)
        first, second, third = (
            ampere * volt * POWER_FACTOR for ampere, volt in zip(drawn, volts, strict=True)
        )
        watts = sum(ampere * volt * POWER_FACTOR for ampere, volt in zip(current, voltage, strict=True))
        before = self._register or Flow(energy_wh=FIRST_WH, since=at, watts=0.0)
        self._register = before.changed(watts, at)
        self.shown = MeterReading(
            at=at,
            current=drawn,
            voltage=volts,
            power=(first, second, third),
            watts=watts,
            energy_wh=int(self._register.at(at)),
            frequency=FREQUENCY,
            serial=self.serial,
        )
        return self.shown


def _at_inputs(values: Phases, order: PhaseOrder) -> Phases:
    """What is on the contactor's terminals, as the meter's inputs see it."""
    first, second, third = (values[order.contactor.index(phase)] for phase in order.meter)
    return first, second, third
