"""What an OpenEVSE board says of vehicle, pilot, relay and faults, as the station reads it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from core.boards.seen import Seen

SETTLING, A, B, C, D = 0x00, 0x01, 0x02, 0x03, 0x04
DIODE = 0x05
SLEEPING, DISABLED = 0xFE, 0xFF

FAULTS: Mapping[int, int] = {
    0x06: 11,
    0x07: 11,
    0x08: 5,
    0x09: 11,
    0x0A: 11,
    0x0B: 21,
    0x0C: 17,
    0x0E: 5,
    0x0F: 18,
    0x10: 18,
}
"""By state, the station's error: residual current, no protective earth, contacts that stay closed, failed
self-test of the residual current device, over-temperature, over-current, pilot, contacts that stay open,
cable with a short circuit or without its resistor."""

PILOTS: Mapping[int, float] = {A: 12.0, B: 9.0, C: 6.0, D: 3.0}
"""V by vehicle state."""

VENTILATION = 22
HARDWARE = 8
"""For a state that is none of these."""

RELAY_CLOSED, VEHICLE_THERE, BOOT_LOCKED = 0x0040, 0x0100, 0x4000
"""Bits of the volatile flags."""


class RapiState(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `GS`; the others are of its volatile flags.

    `locked`: since its start nobody has told the board that it may charge.
    """

    state: int
    relay: bool
    vehicle: bool
    locked: bool = False

    @property
    def is_fault(self) -> bool:
        """The board offers nothing by itself; a command to sleep would hide why."""
        return self.state not in {SETTLING, A, B, C, SLEEPING, DISABLED}


def read_state(values: tuple[str, ...]) -> RapiState | None:
    """The state in the values of `GS`: state, elapsed seconds, pilot state, flags; None for others."""
    try:
        state, flags = int(values[0], 16), int(values[3], 16)
    except (IndexError, ValueError):
        return None
    return RapiState(
        state=state,
        relay=bool(flags & RELAY_CLOSED),
        vehicle=bool(flags & VEHICLE_THERE),
        locked=bool(flags & BOOT_LOCKED),
    )


def seen(state: RapiState) -> Seen | None:
    """What the state shows, without current; None while the board finds out itself."""
    if state.state == SETTLING:
        return None
    if state.state in PILOTS:
        return Seen(
            pilot=PILOTS[state.state],
            modulated=state.state != A,
            relay=None if state.state == D else state.relay,
            reported=frozenset({VENTILATION}) if state.state == D else frozenset(),
        )
    # Asleep, the board tells no more of the vehicle than whether it is there.
    there = PILOTS[B] if state.vehicle else PILOTS[A]
    if state.state == SLEEPING:
        return Seen(pilot=there, relay=state.relay)
    if state.state == DISABLED:
        return Seen(pilot=-12.0, relay=state.relay)
    if state.state == DIODE:
        return Seen(pilot=PILOTS[B], diode_ok=False)
    return Seen(pilot=there, reported=frozenset({FAULTS.get(state.state, HARDWARE)}))
