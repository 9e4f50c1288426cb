"""The part of the seam that is about power meters: looking for them."""

from __future__ import annotations

from typing import Protocol

from core.values.meters import MeterSearch, MeterSearchRequest


class MeterStation(Protocol):
    """What an account may do with power meters, as `api.Station` does."""

    async def find_meters(self, request: MeterSearchRequest) -> MeterSearch:
        """Look for the power meter of a charge point; it goes on after this call, with events on the way.

        Charging and metering go on meanwhile. Raises Busy with who searches already, Invalid.
        """

    async def stop_finding_meters(self) -> MeterSearch | None:
        """End this session's search; Busy while it is somebody else's. Returns the last one."""

    async def meter_search(self) -> MeterSearch | None:
        """The search that runs, or the last one; None when nobody has searched since the start."""
