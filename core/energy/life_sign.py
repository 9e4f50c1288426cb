"""The life sign of an energy manager that controls the station from outside: Err #16 while it is missing."""

from __future__ import annotations

from core.causes import Causes
from core.clock import Clock
from core.settings.reader import SettingsReader

MISSING = 16
EXTERNAL_CONTROL = "energy.external_control"

LIFE_SIGN_SECONDS = 60.0
"""s of station time without a life sign, and the energy manager is lost."""


class EnergyManager:
    """Who shares the energy of several stations or of a building out, as the station knows of it.

    Nothing is missed before the first life sign, after an orderly end, or while nothing outside may control.
    """

    def __init__(self, settings: SettingsReader, clock: Clock, causes: Causes) -> None:
        self._settings = settings
        self._clock = clock
        self._causes = causes
        self._heard_at: float | None = None
        self._origin = ""

    @property
    def is_lost(self) -> bool:
        """It controlled the station and has fallen silent."""
        return self._causes.is_active(MISSING)

    def heard(self, origin: str) -> None:
        """A life sign came from `origin`, in words for the log."""
        self._heard_at, self._origin = self._clock.elapsed(), origin
        self.look()

    def ended(self) -> None:
        """It has said that it does not control the station any more."""
        self._heard_at = None
        self.look()

    def look(self) -> None:
        """Notice a life sign that is missing; called every second."""
        if not self._settings.is_on(EXTERNAL_CONTROL):
            self._heard_at = None
        silent = 0.0 if self._heard_at is None else self._clock.elapsed() - self._heard_at
        lost = silent > LIFE_SIGN_SECONDS
        cause = f"no life sign from {self._origin} for {LIFE_SIGN_SECONDS:g} s" if lost else ""
        self._causes.set(MISSING, lost, cause=cause, subject="energy manager")
