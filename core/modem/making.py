"""The modem that a hardware profile has: simulated where the network is."""

from __future__ import annotations

from core.causes import Causes
from core.clock import Clock, SystemClock
from core.modem.asking import why_silent
from core.modem.watching import Modem, SimulatedModem, WatchedModem
from core.profile import HardwareProfile
from core.settings.reader import SettingsReader


def make_modem(
    profile: HardwareProfile, settings: SettingsReader, causes: Causes, *, pace: Clock | None = None
) -> Modem:
    """Nothing is asked before it runs."""
    if profile.network.driver == "simulated":
        return SimulatedModem(causes)
    return WatchedModem(settings, causes, pace or SystemClock(), why_silent)
