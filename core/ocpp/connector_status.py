"""The station's states and errors in the words of OCPP, by two tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from core.charge_points.alarms import STOPS
from core.charge_points.outlet import OutletStatus
from core.charge_points.states import CableState, EvState
from core.values.status import ChargePointStatus, ErrorStatus

ERROR_CODES: Mapping[int, str] = {
    1: "ReaderFailure",
    3: "InternalError",
    4: "ConnectorLockFailure",
    5: "PowerSwitchFailure",
    6: "OtherError",
    7: "OtherError",
    8: "InternalError",
    9: "InternalError",
    10: "OtherError",
    11: "OtherError",
    12: "PowerMeterFailure",
    13: "OtherError",
    14: "OtherError",
    15: "PowerMeterFailure",
    16: "InternalError",
    17: "EVCommunicationError",
    18: "OtherError",
    19: "EVCommunicationError",
    20: "EVCommunicationError",
    21: "OverCurrentFailure",
    22: "OtherError",
    24: "InternalError",
    30: "OtherError",
    31: "OtherError",
}
"""ChargePointErrorCode by the guide's error number; the number itself goes as vendor error code."""

NO_ERROR = "NoError"
WITHOUT_LINK = frozenset({13, 30})
"""The errors of a lost link: whoever is told of errors has it."""
LONGEST_INFO = 50
LEAST_CURRENT = 6.0
"""A; below it nothing is offered (IEC 61851-1)."""

EV_READY = frozenset({EvState.C, EvState.C_MODULATED, EvState.D, EvState.D_MODULATED})


class ConnectorStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What StatusNotification says of one connector."""

    status: str
    error_code: str = NO_ERROR
    info: str = ""
    vendor_error_code: str = ""


def connector_statuses(
    points: Sequence[ChargePointStatus], errors: Sequence[ErrorStatus], state: str
) -> Mapping[int, ConnectorStatus]:
    """The status of every connector; 0 is the station as a whole."""
    of_station = [error for error in errors if error.point is None and error.number not in WITHOUT_LINK]
    found = {0: _with_error(_station(state), of_station)}
    for point in points:
        own = [error for error in errors if error.point == point.point]
        found[point.point] = _with_error(_point(point, own), own)
    return found


def _station(state: str) -> str:
    return {"Unavailable": "Unavailable"}.get(state, "Available")


def _point(point: ChargePointStatus, errors: Iterable[ErrorStatus]) -> str:
    """The ChargePointStatus of OCPP 1.6, 4.9."""
    if any(error.number in STOPS for error in errors) or point.ev_state == EvState.E:
        return "Faulted"
    if point.session is not None:
        if point.offered_current < LEAST_CURRENT:
            return "SuspendedEVSE"
        return "Charging" if point.ev_state in EV_READY else "SuspendedEV"
    if not point.available:
        return "Unavailable"
    if point.outlet_status in {OutletStatus.LOOP_ENDED, OutletStatus.UNPLUG_STARTED}:
        return "Finishing"
    is_free = point.cable_state == CableState.NOT_PLUGGED and point.ev_state == EvState.A
    if is_free and point.outlet_status == OutletStatus.AUTHORISATION_STARTED:
        return "Reserved" if point.booking is not None else "Available"
    return "Preparing"


def _with_error(status: str, errors: Sequence[ErrorStatus]) -> ConnectorStatus:
    """The status with the error that matters most: one that stops charging before one that does not."""
    first = min(errors, key=lambda error: (error.number not in STOPS, error.number), default=None)
    if first is None:
        return ConnectorStatus(status=status)
    return ConnectorStatus(
        status=status,
        error_code=ERROR_CODES.get(first.number, "InternalError"),
        info=first.name[:LONGEST_INFO],
        vendor_error_code=f"Err #{first.number}",
    )
