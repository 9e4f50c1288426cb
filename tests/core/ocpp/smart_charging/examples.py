"""Charging profiles for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from core.ocpp.smart_charging.profiles import Installed, Profile, read_profile

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """A moment so many seconds after noon."""
    return BEGIN + timedelta(seconds=seconds)


def stamp(seconds: float) -> str:
    return at(seconds).isoformat().replace("+00:00", "Z")


def payload(
    number: int = 1,
    purpose: str = "TxDefaultProfile",
    *periods: tuple[int, float],
    level: int = 0,
    kind: str = "Absolute",
    starts: float | None = 0,
    unit: str = "A",
    **more: Any,
) -> dict[str, Any]:
    """A profile as a call carries it; `duration` goes into its schedule."""
    schedule: dict[str, Any] = {
        "chargingRateUnit": unit,
        "chargingSchedulePeriod": [
            {"startPeriod": start, "limit": limit} for start, limit in periods or ((0, 10),)
        ],
    }
    if starts is not None:
        schedule["startSchedule"] = stamp(starts)
    if "duration" in more:
        schedule["duration"] = more.pop("duration")
    return {
        "chargingProfileId": number,
        "stackLevel": level,
        "chargingProfilePurpose": purpose,
        "chargingProfileKind": kind,
        "chargingSchedule": schedule,
        **more,
    }


def profile(*positional: Any, **named: Any) -> Profile:
    return read_profile(payload(*positional, **named))


def installed(connector: int, *positional: Any, charge: int | None = None, **named: Any) -> Installed:
    return Installed(connector=connector, profile=profile(*positional, **named), charge=charge)
