"""Registering at the central system: who the station is, and whether it is accepted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from core.clock import Clock
from core.ocpp.frames import Payload
from core.ocpp.topic import Saying, read_time
from core.profile import HardwareProfile

BOOT = "BootNotification"
AGAIN_S = 60
"""s until the next try where the central system names none."""

LONGEST_S = 24 * 3600

Standing = Literal["unknown", "Accepted", "Pending", "Rejected"]


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """What the central system said: `interval` s between heartbeats, or until the next try; 0: it names none.

    `now` is its time, None where that means nothing.
    """

    standing: Standing
    interval: int
    now: datetime | None = None


def read_registration(answer: Payload) -> Registered:
    """What the answer to a BootNotification says (OCPP 1.6, 4.2)."""
    try:
        now = read_time(str(answer["currentTime"]))
    except ValueError:
        now = None
    interval = max(0, min(int(answer["interval"]), LONGEST_S))
    return Registered(standing=answer["status"], interval=interval, now=now)


def boot_payload(profile: HardwareProfile, version: str) -> Payload:
    """Who the station is: its rating plate, cut to the lengths of OCPP.

    Of a serial number its end is kept, in which stations of one make differ.
    """
    identity = profile.identity
    facts = {
        "chargePointVendor": ("evtty", 20),
        "chargePointModel": (identity.commercial_reference or profile.family, 20),
        "chargePointSerialNumber": (identity.serial_number[-25:], 25),
        "chargeBoxSerialNumber": (identity.unique_identifier, 25),
        "firmwareVersion": (version, 50),
        "meterType": (_meter_type(profile), 25),
    }
    return {name: text[:most] for name, (text, most) in facts.items() if text}


def _meter_type(profile: HardwareProfile) -> str:
    return next((meter.driver for meter in profile.meters if meter.driver), "")


class Booting:
    """The registration as it stands over connections: once accepted, until it begins anew."""

    def __init__(self, clock: Clock, payload: Payload) -> None:
        self._clock = clock
        self._payload = payload
        self._due_at = 0.0
        self._asked = False
        self.last: Registered | None = None
        self.answered: Callable[[Registered], None] = lambda _: None
        """Hears what the central system says each time."""

    @property
    def standing(self) -> Standing:
        return "unknown" if self.last is None else self.last.standing

    @property
    def wait_s(self) -> float:
        """S until the station may say who it is again."""
        return max(0.0, self._due_at - self._clock.elapsed())

    def anew(self) -> None:
        """Another central system, or another start: nothing is known of what it thinks."""
        self.last, self._due_at, self._asked = None, 0.0, False

    def ask(self) -> None:
        """The central system wants to hear it again."""
        self._asked = True

    async def next(self, *, accepted: bool) -> Saying | None:
        due = not accepted and self._clock.elapsed() >= self._due_at
        if not (due or self._asked):
            return None
        return Saying(action=BOOT, payload=self._payload, answered=self._registered, failed=self._failed)

    async def _registered(self, answer: Payload) -> None:
        self._asked = False
        self.last = read_registration(answer)
        self._due_at = self._clock.elapsed() + (self.last.interval or AGAIN_S)
        self.answered(self.last)

    async def _failed(self, _code: str) -> None:
        self._asked = False
        self._due_at = self._clock.elapsed() + AGAIN_S
