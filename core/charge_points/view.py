"""A charge point as Live status shows it."""

from __future__ import annotations

from core.charge_points.deciding import ORDERED, reason_of
from core.charge_points.hardware import Phases
from core.charge_points.outlet import outlet_status
from core.charge_points.point import ChargePoint
from core.charge_points.rules import DOMESTIC
from core.charge_points.signals import cable_current, duty_percent
from core.charge_points.states import VENTILATION, CableState, EvState, cable_state, cpw_state
from core.energy.balancing import Share
from core.values.meters import MeterStatus
from core.values.status import ChargePointStatus, Limit, SessionStatus


def status_of(
    point: ChargePoint,
    limits: tuple[Limit, ...],
    *,
    designation: str,
    at: float,
    meter: MeterStatus | None = None,
    share: Share | None = None,
) -> ChargePointStatus:
    """The snapshot of a charge point at an elapsed time, with its `share` of the supply."""
    readings, cable = point.readings, cable_of(point)
    return ChargePointStatus(
        point=point.number,
        designation=designation,
        cpw_state=cpw_state(
            point.ev,
            cable=cable,
            flowing=point.flowing,
            ended=point.stopped is not None,
            alarm=point.is_blocked,
        ),
        ev_state=point.ev,
        cable_state=cable,
        evse_status=_evse_status(point),
        outlet_status=outlet_status(
            known=point.was_seen,
            available=point.in_service,
            granted=point.grant is not None,
            cable=point.cable,
            vehicle=point.vehicle,
            session=point.session is not None,
            looped=point.session is not None and point.session.looped,
            ended=point.ended,
            maintenance=point.orders.maintenance and point.rules.flap,
        ),
        last_error=point.last_error,
        last_charge_status=point.last_charge,
        offered_current=round(point.offered, 2),
        duty_percent=duty_percent(point.offered),
        limits=limits,
        phases=point.known_phases,
        current=rounded(point.measured.current),
        voltage=rounded(point.measured.voltage),
        power_w=round(point.meter.watts),
        energy_wh=round(point.meter.at(at)),
        meter=meter,
        session=_session(point, at),
        available=point.in_service,
        booking=point.booking,
        held_back=point.held_back or "",
        reason=reason_of(point, limits, share),
        inputs={}
        if readings is None
        else {name: "closed" if closed else "open" for name, closed in readings.inputs.items()},
    )


def rounded(values: Phases) -> Phases:
    """Values as precise as a meter shows them."""
    first, second, third = (round(value, 2) for value in values)
    return first, second, third


def cable_of(point: ChargePoint) -> CableState:
    """What the cable says of itself; an attached one counts as plugged while a vehicle is on it."""
    if point.rules.attached:
        return CableState.A32 if point.vehicle else CableState.NOT_PLUGGED
    ohm = point.readings.proximity if point.readings is not None else None
    return cable_state(None if ohm is None else cable_current(ohm))


def _session(point: ChargePoint, at: float) -> SessionStatus | None:
    session = point.session
    if session is None:
        return None
    return SessionStatus(
        uid=session.uid,
        started=session.started,
        transaction_id=session.shown_id,
        local_id=session.transaction_id,
        energy_wh=session.energy_wh(point.meter.at(at)),
        duration_s=round(at - session.began),
        comment=session.comment,
    )


def _evse_status(point: ChargePoint) -> tuple[str, ...]:
    """The guide's words for how the charge point runs, those that hold now."""
    orders = point.orders
    by_input = point.held_back is not None and point.held_back not in ORDERED
    waits = point.session is not None and point.offered == 0 and not point.is_blocked
    words = {
        "Normal_Mode_3": True,
        "Three-Phase" if point.phases == 3 else "Single-Phase": True,
        "Ventilation required": point.ev in VENTILATION,
        "Domestic cable detected": point.rules.socket_type == DOMESTIC and point.cable,
        "VIP badge mode": point.session is not None and point.session.vip,
        "Unavailable_OCPP_Cmd_Received": "ocpp" in orders.unavailable,
        "not_Enough_Energy_To_Start_Charge": waits and not point.held_back and point.ev is not EvState.F,
        "Charge_Postpone": orders.postponed or by_input,
        "Maintenance_Plc_Cmd_Received": orders.maintenance,
        "Booked_Plc_Cmd_Received": point.booking is not None and point.booking.origin == "plc",
        "Suspend_Plc_Cmd_Received": orders.suspended,
        "Unavailable_Plc_Cmd_Received": "plc" in orders.unavailable,
    }
    return tuple(word for word, holds in words.items() if holds)
