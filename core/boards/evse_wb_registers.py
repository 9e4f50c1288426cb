"""The registers of EVSE-WB and EVSE-DIN boards, and what they say of vehicle, cable, relay and faults."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from core.boards.seen import Seen
from core.charge_points.signals import cable_class, resistor_of

CURRENT, COMMAND, FIRMWARE = 1000, 1004, 1005
BOOT_CURRENT, CONFIGURATION_LENGTH = 2000, 6
STATUS_FIRMWARE = 16
"""Earlier ones answer only 1000..1006."""

HUNDREDTHS_FIRMWARE = 17
TURN_OFF, CLEAR_RCD_ERROR = 0b001, 0b100
"""Bits of 1004."""

HUNDREDTHS = 1 << 7
"""Bit of 2005: 1000 counts in 0.01 A."""

LOWEST_CURRENT = 6
LOWEST_CABLE = 13
UNREADABLE_OHM = 5000.0
"""A proximity circuit that stands for no cable."""

PILOTS: Mapping[int, float] = {1: 12.0, 2: 9.0, 3: 6.0, 4: 3.0}
"""V by the vehicle state of 1002; 5 is a failure."""

FAILURE, PWM = 5, 2
RELAY, DIODE, VENT, WAITING, TESTING, RCD = (1 << bit for bit in range(6))
"""Bits of 1007."""

RESIDUAL_CURRENT, VENTILATION = 11, 22


class Configuration(msgspec.Struct, frozen=True, kw_only=True):
    """What the board was set to: A after boot (None: it does not tell), the least A that it offers.

    `hundredths`: 1000 counts in 0.01 A.
    """

    boot_current: int | None = None
    minimum: int = LOWEST_CURRENT
    hundredths: bool = False


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Registers 1000..1007; `flags` are None where the firmware does not have 1007."""

    current: int
    vehicle: int
    cable: int
    command: int
    pilot: int
    flags: int | None = None

    @property
    def relay(self) -> bool | None:
        """True while it is closed; None where that is not known, or not to be judged."""
        if self.flags is None or self.flags & (WAITING | TESTING):
            return None
        return bool(self.flags & RELAY)

    @property
    def has_rcd_error(self) -> bool:
        return self.flags is not None and bool(self.flags & RCD)


def read_configuration(registers: Sequence[int], firmware: int) -> Configuration:
    """The registers 2000 and those after it."""
    return Configuration(
        boot_current=registers[0],
        minimum=registers[2],
        hundredths=firmware >= HUNDREDTHS_FIRMWARE and bool(registers[5] & HUNDREDTHS),
    )


def status_length(firmware: int) -> int:
    """How many registers from 1000 on this firmware answers."""
    return 8 if firmware >= STATUS_FIRMWARE else 7


def read_state(registers: Sequence[int]) -> State | None:
    """The registers 1000 and those after it; None where no such board can say them."""
    if registers[2] not in {*PILOTS, FAILURE} or registers[6] not in {1, PWM, 3}:
        return None
    return State(
        current=registers[0],
        vehicle=registers[2],
        cable=registers[3],
        command=registers[4],
        pilot=registers[6],
        flags=registers[7] if len(registers) > 7 else None,
    )


def to_write(amperes: float, board: Configuration) -> int:
    """What 1000 must be to offer so many A: never more, and nothing where the board could not offer it."""
    if amperes < max(LOWEST_CURRENT, board.minimum):
        return 0
    return math.floor(amperes * (100 if board.hundredths else 1) + 1e-6)


def commanded(state: State, *, turn_off: bool, clear_rcd_error: bool) -> int:
    """What 1004 must be; these bits may stay set until they are taken back."""
    bits = (TURN_OFF if turn_off else 0) | (CLEAR_RCD_ERROR if clear_rcd_error else 0)
    return state.command & ~(TURN_OFF | CLEAR_RCD_ERROR) | bits


def seen(state: State, before: Seen | None, *, attached: bool) -> Seen:
    """What the registers show; `before` is what they showed last, as a failure hides the vehicle."""
    pilot = PILOTS.get(state.vehicle)
    flags = state.flags or 0
    reported = {RESIDUAL_CURRENT} if state.has_rcd_error else set()
    if flags & VENT:
        reported.add(VENTILATION)
    diode_ok = not flags & DIODE
    if pilot is None:
        diode_ok = diode_ok and bool(reported)
        pilot = PILOTS[2] if before is None or not diode_ok else before.pilot
    is_there = pilot < PILOTS[1]
    return Seen(
        pilot=pilot,
        modulated=state.pilot == PWM and state.vehicle != FAILURE,
        diode_ok=diode_ok,
        proximity=_ohm(state.cable) if is_there and not attached else None,
        relay=state.relay,
        reported=frozenset(reported),
    )


def _ohm(amperes: int) -> float:
    return resistor_of(cable_class(amperes)) if amperes >= LOWEST_CABLE else UNREADABLE_OHM
