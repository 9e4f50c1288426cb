"""The numbers that energy managers know states, charge ends and errors by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.charge_points.outlet import LastChargeStatus
from core.charge_points.states import CpwState

STATES: Mapping[str, int] = {
    CpwState.NOT_AVAILABLE: 0,
    CpwState.AVAILABLE: 1,
    CpwState.PLUG_DETECTED: 2,
    CpwState.EV_CONNECTED: 4,
    CpwState.EV_WAITS: 5,
    CpwState.EV_WAITS_VENTILATION: 6,
    CpwState.EVSE_READY: 7,
    CpwState.EV_READY: 8,
    CpwState.CHARGING: 9,
    CpwState.EV_READY_VENTILATION: 10,
    CpwState.CHARGING_VENTILATION: 11,
    CpwState.STOP_CHARGING: 12,
    CpwState.ALARM: 13,
    CpwState.SHORT_CUT: 14,
}
"""Register 6, by the state of the charge point."""

CHARGE_ENDS: Mapping[str, int] = {
    LastChargeStatus.CIRCUIT_BREAKER: 0,
    LastChargeStatus.OK: 1,
    LastChargeStatus.COMMUNICATION: 4,
    LastChargeStatus.CABLE_DISCONNECTED: 5,
    LastChargeStatus.EV_DISCONNECTED: 6,
    LastChargeStatus.SHORT_CUT: 7,
    LastChargeStatus.OVERLOAD: 8,
    LastChargeStatus.CANCELLED: 9,
    LastChargeStatus.VENTILATION: 10,
    LastChargeStatus.CONTACTOR_OPEN: 11,
    LastChargeStatus.UNLOCKED: 14,
    LastChargeStatus.SURGE_ARRESTOR: 69,
    LastChargeStatus.ANTI_INTRUSION: 70,
    LastChargeStatus.OTHER: 254,
    LastChargeStatus.NOT_INITIALIZED: 255,
}
"""Register 9, by how the last charge ended."""

ERROR_BITS = 32


def error_bits(errors: Iterable[int]) -> int:
    """Registers 23 (low 16 bits) and 24: bit N - 1 for error number N, 1..32.

    The station's own notices have none.
    """
    bits = 0
    for number in errors:
        if 1 <= number <= ERROR_BITS:
            bits |= 1 << (number - 1)
    return bits
