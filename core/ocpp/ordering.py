"""The Core profile's orders for charge points and charges (OCPP 1.6, 5.1 to 5.18)."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import StationError
from core.ocpp.desk import Desk
from core.ocpp.frames import Payload
from core.ocpp.smart_charging.profiles import read_profile
from core.values.outside import UnlockOutcome

ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}
UNLOCKED: Mapping[UnlockOutcome, str] = {
    "unlocked": "Unlocked",
    "failed": "UnlockFailed",
    "not_supported": "NotSupported",
}
OWN_VENDOR = "evtty"


async def remote_start(desk: Desk, payload: Payload) -> Payload:
    """Give leave to charge; the answer says only whether that is possible."""
    connector = payload.get("connectorId")
    try:
        profile = read_profile(payload["chargingProfile"]) if "chargingProfile" in payload else None
    except ValueError:
        return REJECTED
    if profile is not None and profile.charging_profile_purpose != "TxProfile":
        return REJECTED
    if desk.booting.standing != "Accepted" or not (connector is None or desk.has_connector(connector)):
        return REJECTED
    ask = desk.configuration.is_on("AuthorizeRemoteTxRequests")
    try:
        outcome = await desk.charging.remote_start(connector, payload["idTag"], ask=ask)
    except StationError:
        return REJECTED
    if profile is not None and outcome == "accepted":
        await desk.promised.promise(connector, payload["idTag"], profile)
    return ACCEPTED if outcome == "accepted" else REJECTED


async def remote_stop(desk: Desk, payload: Payload) -> Payload:
    if desk.booting.standing != "Accepted":
        return REJECTED
    try:
        outcome = await desk.charging.remote_stop(payload["transactionId"])
    except StationError:
        return REJECTED
    return ACCEPTED if outcome == "accepted" else REJECTED


async def unlock_connector(desk: Desk, payload: Payload) -> Payload:
    if not desk.has_connector(payload["connectorId"]):
        return {"status": "NotSupported"}
    try:
        return {"status": UNLOCKED[await desk.charging.unlock(payload["connectorId"])]}
    except StationError:
        return {"status": "UnlockFailed"}


async def change_availability(desk: Desk, payload: Payload) -> Payload:
    """Connector 0 is the station with all of them."""
    connector = payload["connectorId"]
    if connector != 0 and not desk.has_connector(connector):
        return REJECTED
    try:
        outcome = await desk.charging.set_available(
            connector or None, payload["type"] == "Operative", origin="ocpp"
        )
    except StationError:
        return REJECTED
    return {"status": "Scheduled"} if outcome == "scheduled" else ACCEPTED


async def clear_cache(desk: Desk, _payload: Payload) -> Payload:
    try:
        await desk.charging.forget_badges()
    except StationError:
        return REJECTED
    return ACCEPTED


async def data_transfer(_desk: Desk, payload: Payload) -> Payload:
    """The station has no messages of its own to exchange."""
    is_own = payload["vendorId"] == OWN_VENDOR
    return {"status": "UnknownMessageId" if is_own else "UnknownVendorId"}


async def reset(desk: Desk, payload: Payload) -> Payload:
    """Restart the station once this is answered; open charges end with that as their reason."""
    desk.resetting.order("hard_reset" if payload["type"] == "Hard" else "soft_reset")
    return ACCEPTED
