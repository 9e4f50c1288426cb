"""The three calls of Smart Charging, and what is answered to them."""

from __future__ import annotations

from core.ocpp.desk import Desk
from core.ocpp.frames import Payload
from core.ocpp.smart_charging.profiles import read_profile
from core.ocpp.smart_charging.stacking import VOLTS

ACCEPTED: Payload = {"status": "Accepted"}
REJECTED: Payload = {"status": "Rejected"}


async def set_charging_profile(desk: Desk, payload: Payload) -> Payload:
    """Install a profile."""
    try:
        profile = read_profile(payload["csChargingProfiles"])
    except ValueError:
        return REJECTED
    return REJECTED if await desk.smart.install(payload["connectorId"], profile) else ACCEPTED


async def clear_charging_profile(desk: Desk, payload: Payload) -> Payload:
    """Take profiles away."""
    return ACCEPTED if await desk.smart.clear(payload) else {"status": "Unknown"}


async def get_composite_schedule(desk: Desk, payload: Payload) -> Payload:
    """Say what is allowed from now on."""
    connector, seconds = payload["connectorId"], payload["duration"]
    if not 0 <= connector <= desk.points or seconds < 1:
        return REJECTED
    unit = payload.get("chargingRateUnit", "A")
    found = desk.smart.composite(connector, seconds)
    factor = VOLTS * 3 if unit == "W" else 1.0
    return {
        "status": "Accepted",
        "connectorId": connector,
        "scheduleStart": desk.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
        "chargingSchedule": {
            "duration": found.duration,
            "chargingRateUnit": unit,
            "chargingSchedulePeriod": [
                {"startPeriod": each.start, "limit": round(each.limit * factor, 1)}
                for each in found.stretches
            ],
        },
    }
