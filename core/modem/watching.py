"""Watches over the modem that the station is equipped with, and says when it does not answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from core.causes import Causes
from core.clock import Clock
from core.errors import NotAllowed
from core.settings.reader import SettingsReader

SILENT = 24
GATEWAY = "network.default_gateway"
NOT_SET = "0.0.0.0"  # noqa: S104 - a setting that is empty
AS_DELIVERED = "192.168.0.254"
"""The modem's address as it leaves the factory (guide, Network)."""

EVERY_SECONDS = 15.0
MISSES, ANSWERS = 3, 2
"""So many in a row make the error, and end it: a modem that dials in again does not flicker."""

Ask = Callable[[str], Awaitable[str]]
"""Why the device at an address does not answer, "" where it does."""


class Modem(Protocol):
    """What the station asks of its modem."""

    async def run(self) -> None:
        """Watch over it until cancelled."""

    def set_fault(self, on: bool) -> None:
        """Switch a simulated modem off, or on again. Raises NotAllowed for a real one."""


class WatchedModem:
    """A real modem: the station's gateway, or where none is set the address of the modem as delivered.

    `pace` is real time.
    """

    def __init__(self, settings: SettingsReader, causes: Causes, pace: Clock, ask: Ask) -> None:
        self._settings = settings
        self._causes = causes
        self._pace = pace
        self._ask = ask
        self._misses = 0
        self._answers = 0

    async def run(self) -> None:
        while True:
            self._take(await self._ask(self._address()))
            await self._pace.sleep(EVERY_SECONDS)

    def set_fault(self, on: bool) -> None:  # noqa: ARG002
        raise NotAllowed("Only on a simulated modem")

    def _address(self) -> str:
        gateway = self._settings.text(GATEWAY)
        return AS_DELIVERED if gateway in {"", NOT_SET} else gateway

    def _take(self, reason: str) -> None:
        self._misses = self._misses + 1 if reason else 0
        self._answers = 0 if reason else self._answers + 1
        if self._misses >= MISSES:
            self._causes.set(SILENT, True, cause=reason, subject="modem")
        elif self._answers >= ANSWERS:
            self._causes.set(SILENT, False, subject="modem")


class SimulatedModem:
    """A modem without hardware, which answers until it is switched off."""

    def __init__(self, causes: Causes) -> None:
        self._causes = causes

    async def run(self) -> None:
        """There is nothing to ask."""

    def set_fault(self, on: bool) -> None:
        cause = "it is simulated, with the fault modem" if on else ""
        self._causes.set(SILENT, on, cause=cause, subject="modem")
