"""What a charge point measures at this moment, on the phases of the network."""

from __future__ import annotations

import msgspec

from core.charge_points.hardware import NO_CURRENT, Phases, Readings
from core.charge_points.rules import PointRules
from core.meters.reading import MeterReading

LOADED_AMPERES = 0.5
"""A; less than that on a phase of a meter is what the charge point itself takes."""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """Current A and voltage V of the network phases L1, L2, L3; W in all; on how many phases.

    `apparent`: W by the internal measurement, whoever measures now. `known`: somebody measures.
    """

    current: Phases
    voltage: Phases
    watts: float
    phases: int
    apparent: float
    known: bool = True


def measured(readings: Readings | None, reading: MeterReading | None, rules: PointRules) -> Measured:
    """What is drawn: by the meter, where one answers, else by the internal measurement.

    That one knows the apparent power, at the voltage that was entered (guide, Meters).
    """
    terminals = (readings.current if readings is not None else None) or NO_CURRENT
    apparent = sum(terminals) * rules.voltage
    if reading is not None and rules.meter is not None:
        order = rules.meter.order.meter
        return Measured(
            current=on_network(reading.current, order),
            voltage=on_network(reading.voltage, order),
            watts=reading.watts,
            phases=sum(ampere >= LOADED_AMPERES for ampere in reading.current),
            apparent=apparent,
        )
    volts = float(rules.voltage)
    return Measured(
        current=on_network(terminals, rules.lines),
        voltage=(volts, volts, volts) if rules.phases == 3 else on_network((volts, 0.0, 0.0), rules.lines),
        watts=apparent,
        phases=sum(ampere > 0 for ampere in terminals),
        apparent=apparent,
        known=readings is not None and readings.current is not None,
    )


def on_network(values: Phases, order: tuple[int, int, int]) -> Phases:
    """Values of three terminals, of which `order` says the network phases, as L1, L2, L3."""
    first, second, third = (values[order.index(phase)] for phase in (1, 2, 3))
    return first, second, third
