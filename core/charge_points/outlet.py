"""The outlet status, its last error and the last charge status, in the guide's words."""

from __future__ import annotations

from enum import StrEnum


class OutletStatus(StrEnum):
    """Where a charge point stands between two vehicles (guide, Outlet Status)."""

    AUTHORISATION_STARTED = "OK_ChargeAuthorisationStarted"
    AUTHORISATION_DONE = "OK_ChargeAuthorisationDone"
    CONTRACT_STARTED = "OK_ChargeContractStarted"
    CONTRACT_DONE = "OK_ChargeContractDone"
    PLUG_STARTED = "OK_PlugProcedureStarted"
    PLUG_DONE = "OK_PlugProcedureDone"
    LOOP_STARTED = "OK_ChargeLoopStarted"
    LOOP_ENDED = "OK_ChargeLoopEnded"
    UNPLUG_STARTED = "OK_UnplugProcedureStarted"
    UNPLUG_DONE = "OK_UnplugProcedureDone"
    MAINTENANCE_CITY = "OK_MaintenanceCity"
    INIT_DONE = "OK_InitDone"
    UNAVAILABLE = "OK_Unavailable"
    NOT_INITIALIZED = "Not_Initialized"


class OutletError(StrEnum):
    """What went wrong last, even if it is over (guide, Outlet Status Last Error)."""

    NONE = "Not_Initialized"
    BADGE_UNKNOWN = "KO_BadgeUnknown"
    BADGE_NOT_BOOKER = "KO_BadgeIsNotTheBooker"
    ABNORMALLY_LOCKED = "KO_PlugOrShutterAbnormallyLocked"
    SHUTTER_NOT_OPENED = "KO_ShutterNotOpened"
    PLUG_NOT_DETECTED = "KO_PlugNotDetected"
    EV_NOT_DETECTED = "KO_EvNotDetected"
    ABNORMALLY_NOT_LOCKED = "KO_PlugOrShutterAbnormallyNotLocked"
    PLUG_ERROR = "KO_PlugProcedureError"
    BADGE_NOT_CURRENT_USER = "KO_BadgeIsNotTheCurrentUser"
    UNLOCKED_IN_CHARGE = "KO_UnlockPlugInCharge"
    SHUTTER_OPEN_IN_CHARGE = "KO_OnStreetOpenShutterInCharge"
    SHUTTER_NOT_CLOSED = "KO_ShutterNotClosed"
    PLUG_STILL_DETECTED = "KO_PlugStillDetected"
    EV_STILL_DETECTED = "KO_EVStillDetected"
    UNPLUG_ERROR = "KO_UnplugProcedureError"


class LastChargeStatus(StrEnum):
    """How the last charge ended; the numbers of the energy managers' register 9 follow it."""

    NOT_INITIALIZED = "Not_Initialized"
    OK = "Charge_OK"
    CIRCUIT_BREAKER = "Circuit_Breaker_Open"
    COMMUNICATION = "Communication_Error"
    CABLE_DISCONNECTED = "Cable_Disconnected"
    EV_DISCONNECTED = "EV_Disconnected"
    SHORT_CUT = "ShortCut"
    OVERLOAD = "OverLoad"
    CANCELLED = "Cancelled_By_Supervisor"
    VENTILATION = "Ventilation_Not_Allowed"
    CONTACTOR_OPEN = "Unexpected_Contactor_Open"
    UNLOCKED = "Unexpected_Unlock"
    SURGE_ARRESTOR = "Surge_Arrestor"
    ANTI_INTRUSION = "Anti_Intrusion"
    OTHER = "Other"


def outlet_status(
    *,
    known: bool,
    available: bool,
    granted: bool,
    cable: bool,
    vehicle: bool,
    session: bool,
    looped: bool,
    ended: bool,
    maintenance: bool = False,
) -> OutletStatus:
    """The outlet status of a charge point.

    `known`: its board has answered since the start of the station. `granted`: somebody may charge and has
    not plugged; `session`: a charge is open; `looped`: its vehicle was offered current; `ended`: a charge has
    ended and its vehicle is still there. `maintenance` of a station that has a status for it: the city's.
    """
    if not known:
        return OutletStatus.NOT_INITIALIZED
    if not available:
        return OutletStatus.MAINTENANCE_CITY if maintenance else OutletStatus.UNAVAILABLE
    if session:
        return OutletStatus.LOOP_STARTED if looped else OutletStatus.PLUG_DONE
    if ended and vehicle:
        return OutletStatus.LOOP_ENDED
    if ended and cable:
        return OutletStatus.UNPLUG_STARTED
    if granted:
        return OutletStatus.PLUG_STARTED
    return OutletStatus.AUTHORISATION_STARTED
