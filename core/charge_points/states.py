"""The states of a charge point in the guide's words, read from its signals."""

from __future__ import annotations

from enum import StrEnum


class EvState(StrEnum):
    """What the pilot says (guide, EV State; IEC 61851-1, table A.3); `M12V` while it is modulated."""

    A = "A_Not_Present_12V"
    B = "B_Present_9V"
    B_ASKED = "B_Present_Asked_9V_M12V"
    C = "C_Ready_6V"
    C_MODULATED = "C_Ready_6V_M12V"
    D = "D_Ready_VR_3V"
    D_MODULATED = "D_Ready_VR_3V_M12V"
    E = "E_ShortCut"
    F = "F_NotAvailable"


class CableState(StrEnum):
    """The ampere value of the cable (guide, Cable State)."""

    NOT_PLUGGED = "Not_Plugged"
    A13 = "13 A"
    A20 = "20 A"
    A32 = "32 A"
    A63 = "63 A_OR_70 A"


class CpwState(StrEnum):
    """The state of the charge point as a whole; the numbers of the energy managers' register 6 follow it."""

    NOT_AVAILABLE = "EVSE_NotAvailable"
    AVAILABLE = "EVSE_Available_StateA"
    PLUG_DETECTED = "Plug_Detected_StateA"
    EV_CONNECTED = "EV_Connected_StateB"
    EV_WAITS = "EV_Connected_StateC_Minus"
    EV_WAITS_VENTILATION = "EV_Connected_StateD_Minus"
    EVSE_READY = "EVSE_Ready_StateB_Plus"
    EV_READY = "EV_Ready_StateC"
    CHARGING = "Charging_StateC_Plus"
    EV_READY_VENTILATION = "EV_Ready_StateD"
    CHARGING_VENTILATION = "Charging_StateD_Plus"
    STOP_CHARGING = "Stop_Charging"
    ALARM = "Alarm"
    SHORT_CUT = "ShortCut_StateE"


PRESENT = frozenset(
    {EvState.B, EvState.B_ASKED, EvState.C, EvState.C_MODULATED, EvState.D, EvState.D_MODULATED}
)
READY = frozenset({EvState.C, EvState.C_MODULATED, EvState.D, EvState.D_MODULATED})
VENTILATION = frozenset({EvState.D, EvState.D_MODULATED})

_CABLES = {13: CableState.A13, 20: CableState.A20, 32: CableState.A32, 63: CableState.A63}

_WAITING = {
    EvState.A: CpwState.AVAILABLE,
    EvState.B: CpwState.EV_CONNECTED,
    EvState.B_ASKED: CpwState.EVSE_READY,
    EvState.C: CpwState.EV_WAITS,
    EvState.C_MODULATED: CpwState.EV_READY,
    EvState.D: CpwState.EV_WAITS_VENTILATION,
    EvState.D_MODULATED: CpwState.EV_READY_VENTILATION,
    EvState.E: CpwState.SHORT_CUT,
    EvState.F: CpwState.NOT_AVAILABLE,
}


def ev_state(pilot: float, modulated: bool) -> EvState:
    """The EV state of a settled pilot voltage in V (its high side), each level with 1.5 V to both sides."""
    if pilot <= -10.5:
        return EvState.F
    if pilot < 1.5:
        return EvState.E
    if pilot < 4.5:
        return EvState.D_MODULATED if modulated else EvState.D
    if pilot < 7.5:
        return EvState.C_MODULATED if modulated else EvState.C
    if pilot < 10.5:
        return EvState.B_ASKED if modulated else EvState.B
    return EvState.A


def cable_state(current: int | None) -> CableState:
    """The cable state of a cable current in A (None: nothing plugged, or nothing that can be read)."""
    return CableState.NOT_PLUGGED if current is None else _CABLES[current]


def cpw_state(ev: EvState, *, cable: CableState, flowing: bool, ended: bool, alarm: bool) -> CpwState:
    """The state of the charge point; `flowing`: its contactor is closed, `ended`: its charge was stopped."""
    if ev is EvState.F:
        return CpwState.NOT_AVAILABLE
    if ev is EvState.E:
        return CpwState.SHORT_CUT
    if alarm:
        return CpwState.ALARM
    if flowing and ev in READY:
        return CpwState.CHARGING_VENTILATION if ev in VENTILATION else CpwState.CHARGING
    if ended and ev in PRESENT:
        return CpwState.STOP_CHARGING
    if ev is EvState.A and cable is not CableState.NOT_PLUGGED:
        return CpwState.PLUG_DETECTED
    return _WAITING[ev]
