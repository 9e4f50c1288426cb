"""Notices where somebody else authorises charging and nobody there can be asked (Err #13)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from core.causes import Causes
from core.charge_points.configured import authorisation_of, is_supervised
from core.clock import Clock
from core.profile import HardwareProfile
from core.settings.reader import SettingsReader

UNANSWERED = 13
BUILDING_SECONDS = 60.0
"""s; so long a system over Modbus may stay away before it is missed."""

ADVANCED = ("energy", "advanced")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who authorises charging, and what it takes: `building`: a system over Modbus, which `may_order`."""

    supervision: bool = False
    building: bool = False
    may_order: bool = False


def who_is_asked(profile: HardwareProfile, settings: SettingsReader) -> Asked:
    """Who authorises charging by the settings; nobody where the station decides itself or everybody may."""
    rules = authorisation_of(profile, settings)
    is_remote = rules.location == "remote" or rules.remote_command
    supervised = is_supervised(settings)
    return Asked(
        supervision=rules.location == "supervision" or (is_remote and supervised),
        building=is_remote and not supervised,
        may_order=settings.is_on("energy.external_control"),
    )


class Authenticating:
    """`linked`: the supervision can be asked; `present`: a system over Modbus is connected."""

    def __init__(
        self,
        profile: HardwareProfile,
        settings: SettingsReader,
        clock: Clock,
        causes: Causes,
        linked: Callable[[], bool],
        present: Callable[[], bool],
    ) -> None:
        self._profile = profile
        self._settings = settings
        self._clock = clock
        self._causes = causes
        self._linked = linked
        self._present = present
        self._missed_since: float | None = None

    def look(self) -> None:
        """Raise and clear the error; called every second, waits for nothing."""
        asked = who_is_asked(self._profile, self._settings)
        if asked.supervision:
            cause = "" if self._linked() else "there is no link to the supervision"
            self._judge(cause, self._settings.number("supervision.message_timeout"))
        elif asked.building and not asked.may_order:
            cause = "no external system may control this station (Energy, Advanced settings)"
            self._causes.set(UNANSWERED, True, cause=cause, subject="authentication", place=ADVANCED)
        elif asked.building:
            cause = "" if self._present() else "no system that authorises charging is connected over Modbus"
            self._judge(cause, BUILDING_SECONDS)
        else:
            self._judge("", 0.0)

    def _judge(self, cause: str, patience: float) -> None:
        now = self._clock.elapsed()
        if not cause:
            self._missed_since = None
        elif self._missed_since is None:
            self._missed_since = now
        lasts = self._missed_since is not None and now - self._missed_since >= patience
        self._causes.set(UNANSWERED, lasts, cause=cause, subject="authentication")
