"""Charging profiles that came with a remote start, until its charge begins."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from core.audit import Note
from core.clock import Clock
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.smart_charging.profiles import Profile
from core.serving import Serving


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """`profile` is for the next charge of an id tag at `point` (None: at any), until `until` elapsed s."""

    point: int | None
    uid: str
    profile: Profile
    until: float


class PromisedProfiles:
    """`patience` gives s that a remote start waits for its vehicle."""

    def __init__(
        self,
        charging: Serving,
        smart: SmartCharging,
        clock: Clock,
        patience: Callable[[], int],
        note: Callable[[Note], None],
    ) -> None:
        self._charging = charging
        self._smart = smart
        self._clock = clock
        self._patience = patience
        self._note = note
        self._promised: tuple[Promise, ...] = ()

    async def promise(self, point: int | None, uid: str, profile: Profile) -> None:
        """Install the profile as soon as the charge has begun, which may be now."""
        until = self._clock.elapsed() + self._patience() + 1
        self._promised += (Promise(point=point, uid=uid, profile=profile, until=until),)
        await self.look()

    async def look(self) -> None:
        """Install what is promised to charges that have begun."""
        now = self._clock.elapsed()
        charging = {
            each.point: each.session.uid
            for each in self._charging.charge_points()
            if each.session is not None
        }
        waiting = []
        for each in self._promised:
            found = [
                point for point, uid in charging.items() if uid == each.uid and each.point in {None, point}
            ]
            if found:
                await self._install(found[0], each)
            elif now < each.until:
                waiting.append(each)
        self._promised = tuple(waiting)

    async def _install(self, point: int, promise: Promise) -> None:
        fault = await self._smart.install(point, promise.profile)
        if fault:
            subject = f"charge point {point}"
            self._note(Note(kind="event", action="charging_profile_left", subject=subject, text=fault))
