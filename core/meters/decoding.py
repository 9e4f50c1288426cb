"""From the registers of a meter to what it has measured, as far as that can be true."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence

from core.lines.port import DeviceLost
from core.meters.reading import MeterReading, Phases
from core.meters.table import WORDS, Kind, MeterModel, Register

PLAUSIBLE_VOLTS = (100.0, 300.0)
"""V; a phase that is connected has a voltage between these."""

MOST_AMPERES = 1_000.0
MOST_WATTS = 1_000_000.0
MOST_WH = 10**13
"""What no meter of a charge point shows; beyond it the answer is taken for nonsense."""

FORMATS: Mapping[Kind, str] = {"float32": ">f", "int64": ">q", "uint32": ">I", "uint16": ">H"}

Words = Mapping[int, int]
"""Registers by their wire address."""


class Implausible(DeviceLost):
    """The meter answers, but what it says cannot be."""


def decoded(rows: Sequence[Register], words: Words) -> dict[str, float]:
    """The values of these rows in their units, as far as their registers were read; NaN where it says so."""
    found = {}
    for row in rows:
        places = range(row.wire, row.wire + WORDS[row.kind])
        if all(place in words for place in places):
            raw = b"".join(words[place].to_bytes(2, "big") for place in places)
            found[row.quantity] = struct.unpack(FORMATS[row.kind], raw)[0] * row.scale
    return found


def reading_of(model: MeterModel, words: Words, *, at: float) -> MeterReading:
    """The reading that these registers make. Raises Implausible."""
    values = decoded(model.registers, words)
    voltage = _phases(values, "voltage")
    if not any(map(is_plausible_voltage, voltage)):
        voltage = _phases(decoded(model.instead, words), "voltage")
    if not any(map(is_plausible_voltage, voltage)):
        raise Implausible(f"it answers, but not as a meter {model.title} with voltage on it")
    current = _phases(values, "current")
    dead = [not is_plausible_voltage(volt) for volt in voltage]
    # An input without voltage is not wired, and may measure nothing at all.
    current = _where(current, dead)
    power = _where(_phases(values, "power"), dead)
    energy, watts = values.get("energy", math.nan), values.get("power", math.nan)
    if not all(0 <= ampere <= MOST_AMPERES for ampere in current):
        raise Implausible("it answers, but with a current that cannot be")
    if not abs(watts) <= MOST_WATTS or not all(abs(each) <= MOST_WATTS for each in power):
        raise Implausible("it answers, but with a power that cannot be")
    if not 0 <= energy <= MOST_WH:
        raise Implausible("it answers, but with an energy that cannot be")
    return MeterReading(
        at=at,
        current=current,
        voltage=_where(voltage, dead),
        power=power,
        watts=max(0.0, watts),
        energy_wh=int(energy),
    )


def is_plausible_voltage(volt: float) -> bool:
    """True for a voltage that a connected phase can have; False for NaN."""
    lowest, highest = PLAUSIBLE_VOLTS
    return lowest <= volt <= highest


def _phases(values: Mapping[str, float], quantity: str) -> Phases:
    first, second, third = (values.get(f"{quantity}_{place}", math.nan) for place in (1, 2, 3))
    return first, second, third


def _where(values: Phases, dead: Sequence[bool]) -> Phases:
    """These values, and 0 at an input that is not wired and has none."""
    first, second, third = (
        0.0 if is_dead and not math.isfinite(value) else value
        for value, is_dead in zip(values, dead, strict=True)
    )
    return first, second, third
