"""A station whose time server is on loopback, and whose rounds are quick."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from core.clock import SimulatedClock
from core.profile import load_profile
from core.profile.hardware import DriverLink
from core.station import StationCore
from core.timekeeping.measuring import Manners
from core.values.timekeeping import ClockStatus
from tests.stations import NOON, cheap_keeper

QUICK = Manners(samples=4, spacing=0.0, wait=0.05)
PATIENT = Manners(samples=4, spacing=0.0, wait=10.0)
"""For a server that answers, on however busy a machine."""
BY_SERVER = {"time.mode": "ntp_server", "time.ntp_server": "time.example.org"}


@asynccontextmanager
async def station_with(
    folder: Path, port: int, *, clock: SimulatedClock | None = None
) -> AsyncIterator[StationCore]:
    """Run a station that asks the time server at this port of 127.0.0.1."""
    profile = msgspec.structs.replace(
        load_profile("parking-2"), clock=DriverLink(driver="simulated", link=f"udp://127.0.0.1:{port}")
    )
    core = await StationCore.start(
        profile,
        folder,
        clock=clock or SimulatedClock(start=NOON, speed=0),
        ticking=False,
        keeper=cheap_keeper(),
    )
    core.parts.timekeeping.manners = QUICK
    try:
        yield core
    finally:
        await core.stop()


async def until(core: StationCore, holds: Callable[[ClockStatus], bool]) -> ClockStatus:
    """Tick until the status of the clock is as wanted."""
    async with asyncio.timeout(20):
        while True:
            await core.tick()
            status = core.parts.timekeeping.status()
            if holds(status):
                return status
            await asyncio.sleep(0.005)
