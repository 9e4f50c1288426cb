"""UpdateFirmware (OCPP 1.6, 5.19): a package is fetched, verified and installed as a technician's is."""

from __future__ import annotations

from core.errors import StationError
from core.ocpp.conversation import Refused
from core.ocpp.desk import Desk
from core.ocpp.diagnosing import moment, target_of
from core.ocpp.frames import Code, Payload
from core.ocpp.transfers.location import file_of
from core.ocpp.transfers.updating import UpdateOrder
from core.ocpp.transfers.uploading import tries_of
from core.publication.transports.target import FileTarget


async def update_firmware(desk: Desk, payload: Payload) -> Payload:
    """Order it; how it goes is told by notifications."""
    location, at = payload["location"], moment(payload, "retrieveDate")
    target = target_of(location)
    if isinstance(target, FileTarget):
        try:
            file_of(target)
        except ValueError as fault:
            raise Refused(Code.PROPERTY, f"location: {fault}") from None
    tries, pause_s = tries_of(payload)
    order = UpdateOrder(location=location, at=at or desk.now(), tries=tries, pause_s=pause_s)
    try:
        await desk.updating.order(order)
    except StationError:
        raise Refused(Code.GENERIC, "The station has no room to keep this order.") from None
    return {}
