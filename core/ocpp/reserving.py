"""Reservation: a charge point is kept for an id tag until a moment (OCPP 1.6, 5.2 and 5.13)."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import StationError
from core.ocpp.conversation import Refused
from core.ocpp.desk import Desk
from core.ocpp.frames import Code, Payload
from core.ocpp.topic import read_time
from core.values.outside import Booking, BookingOutcome

RESERVED: Mapping[BookingOutcome, str] = {
    "accepted": "Accepted",
    "occupied": "Occupied",
    "unavailable": "Unavailable",
    "faulted": "Faulted",
}
REJECTED = {"status": "Rejected"}


async def reserve_now(desk: Desk, payload: Payload) -> Payload:
    """Connector 0 keeps any one charge point of the station."""
    try:
        until = read_time(payload["expiryDate"])
    except ValueError:
        raise Refused(Code.PROPERTY, "expiryDate: no moment") from None
    connector = payload["connectorId"]
    if until <= desk.now() or not (connector == 0 or desk.has_connector(connector)):
        return REJECTED
    booking = Booking(
        number=payload["reservationId"],
        point=connector or None,
        uid=payload["idTag"],
        until=until,
        origin="ocpp",
        parent=payload.get("parentIdTag", ""),
    )
    try:
        return {"status": RESERVED[await desk.charging.book(booking)]}
    except StationError:
        return REJECTED


async def cancel_reservation(desk: Desk, payload: Payload) -> Payload:
    try:
        outcome = await desk.charging.cancel_booking(payload["reservationId"], origin="ocpp")
    except StationError:
        return REJECTED
    return {"status": "Accepted"} if outcome == "accepted" else REJECTED
