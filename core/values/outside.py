"""What becomes of an order that a system outside the station gives."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Outsider = Literal["ocpp", "plc"]
"""Who orders: the supervision over OCPP, or the building's management over Modbus."""

StartOutcome = Literal["accepted", "occupied", "unavailable", "faulted", "booked"]
StopOutcome = Literal["accepted", "no_charge"]
UnlockOutcome = Literal["unlocked", "failed", "not_supported"]
AvailabilityOutcome = Literal["accepted", "scheduled"]
"""`scheduled`: it takes effect when the charge that is open has ended."""
BookingOutcome = Literal["accepted", "occupied", "unavailable", "faulted"]
CancelOutcome = Literal["accepted", "unknown"]


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """A charge point that is kept for somebody until a moment.

    `point` None: any one of the station. `uid` "": for whoever the system outside starts itself. A badge of
    the same `parent` may use it too, where there is one.
    """

    number: int
    point: int | None
    uid: str
    until: datetime
    origin: Outsider
    parent: str = ""
