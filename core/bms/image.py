"""What the registers of a charge point read, from what Live status shows."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import msgspec

from core.bms.numbers import CHARGE_ENDS, STATES, error_bits
from core.values.status import ChargePointStatus, ErrorStatus

STATE, CHARGE_END, ANSWER, ERRORS, CHARGE_TIME = 6, 9, 20, 23, 30
COMMAND, MAXIMUM_CURRENT = 150, 301
CURRENTS, ENERGY, POWER, VOLTAGES = (350, 352, 354), 356, 358, (366, 368, 370)
LIFE, DEGRADED = 932, 933
DEGRADED_MODE = 2
LARGEST = 0xFFFF_FFFF


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """What the registers say of the control itself.

    `answer`: to the last command. `maximum`: A that the building allows. `life`: 1 until the station has seen
    it. `degraded`: the building gave no sign of life in time.
    """

    answer: int
    maximum: int
    life: int
    degraded: bool


def image(
    point: int, points: Sequence[ChargePointStatus], errors: Sequence[ErrorStatus], control: Control
) -> Mapping[int, int]:
    """Every register that can be read, by its address on the wire.

    Currents, energy and power are those of the whole station, voltages those of the charge point.
    """
    shown = next(each for each in points if each.point == point)
    bits = error_bits(error.number for error in errors if error.point in {None, point})
    return {
        STATE: STATES[shown.cpw_state],
        CHARGE_END: CHARGE_ENDS[shown.last_charge_status],
        ANSWER: control.answer,
        ERRORS: bits & 0xFFFF,
        ERRORS + 1: bits >> 16,
        **_long(CHARGE_TIME, 0 if shown.session is None else shown.session.duration_s),
        COMMAND: 0,
        MAXIMUM_CURRENT: control.maximum,
        **_floats(CURRENTS, [sum(each.current[phase] for each in points) for phase in range(3)]),
        **_long(ENERGY, sum(each.energy_wh for each in points)),
        **_floats((POWER,), [sum(each.power_w for each in points) / 1000]),
        **_floats(VOLTAGES, shown.voltage),
        LIFE: control.life,
        DEGRADED: DEGRADED_MODE if control.degraded else 0,
    }


def _long(register: int, value: int) -> dict[int, int]:
    """An unsigned 32-bit value, high word first; one that is too large starts again at 0, as counters do."""
    value &= LARGEST
    return {register: value >> 16, register + 1: value & 0xFFFF}


def _floats(registers: Sequence[int], values: Sequence[float]) -> dict[int, int]:
    words: dict[int, int] = {}
    for register, value in zip(registers, values, strict=True):
        words[register], words[register + 1] = struct.unpack(">2H", struct.pack(">f", value))
    return words
