"""The part of the seam that is about the clock: its time, setting it, and the time server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.values.publication import ConnectionTest
from core.values.setting import Value
from core.values.timekeeping import ClockChange, ClockStatus


class ClockStation(Protocol):
    """What an account may ask of the clock, as `api.Station` does."""

    async def clock(self) -> ClockStatus:
        """The station's time, its zone, and what the time server says."""

    async def set_clock(self, written: str) -> ClockChange:
        """Set the clock to a local time such as `2026-11-22 14:05:30`; an offset may stand behind it.

        Raises Invalid, also while the clock follows a time server; NotAllowed where the machine keeps it.
        """

    async def sync_clock(self) -> ClockChange:
        """Ask the time server now and follow it; returns also what failed. Raises Invalid in manual mode."""

    async def test_time_server(self, changes: Mapping[str, Value] | None = None) -> ConnectionTest:
        """Ask a time server without setting the clock; `changes` are settings not saved yet.

        Each step is announced by TimeServerChanged. Raises Invalid, Busy while another test runs.
        """
