"""A running station with a supervision, its time turned by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from core.clock import SimulatedClock
from core.station import StationCore
from core.values.setting import Value
from core.values.supervision import SupervisionStatus
from tests.peers.central import CentralSystem
from tests.stations import log_in, running_station

PATIENCE = 20.0


def by_ocpp(central: CentralSystem, **more: Value) -> Mapping[str, Value]:
    """Settings that link the station to a central system of the tests; more of Supervision by their names."""
    return {
        "general.station_type": "supervised",
        "general.authentication_location": "supervision",
        "supervision.protocol": "ocpp16j",
        "supervision.primary_url": central.url,
        "supervision.identity": central.identity,
        **{f"supervision.{name}": value for name, value in more.items()},
    }


@asynccontextmanager
async def supervised(
    folder: Path, central: CentralSystem, profile: str = "parking-2", **more: Value
) -> AsyncIterator[StationCore]:
    """A station that was accepted, and has told what it is."""
    async with running_station(profile, folder) as core:
        await set_up(core, by_ocpp(central, **more))
        await until(core, lambda status: status.state == "connected")
        await central.heard("StatusNotification", core.parts.profile.charge_points + 1)
        await until(core, is_quiet)
        yield core


async def set_up(core: StationCore, settings: Mapping[str, Value]) -> None:
    await (await log_in(core, "local")).change_settings(settings)
    await core.tick()


def is_quiet(status: SupervisionStatus) -> bool:
    """Every call of the station was answered, and it has nothing more to tell of charges."""
    return status.waiting == 0 and is_answered(status)


def is_answered(status: SupervisionStatus) -> bool:
    """Every call of the station was answered."""
    answered = {each.id for each in status.messages if each.way == "in"}
    return all(each.id in answered for each in status.messages if (each.way, each.kind) == ("out", "call"))


def has_counted(core: StationCore) -> bool:
    """What the station has to tell of charges is in its status."""
    delivering = core.parts.supervision._desk.delivering
    return delivering.is_sure and not core.parts.charging.facts.arrived.is_set()


async def until(core: StationCore, is_so: Callable[[SupervisionStatus], bool]) -> SupervisionStatus:
    """Wait until the link is so."""
    listener = core.parts.announcer.listen()
    try:
        async with asyncio.timeout(PATIENCE):
            while not (is_so(status := core.parts.supervision.status()) and has_counted(core)):
                await anext(listener)
            # What came is taken in before anything else happens.
            for _ in range(5):
                await asyncio.sleep(0)
            return status
    finally:
        listener.close()


async def advance(core: StationCore, seconds: float) -> None:
    """Let time pass at once, with one tick at its end; what was asked before is answered before."""
    if core.parts.supervision.status().state == "connected":
        await until(core, lambda status: status.state != "connected" or is_answered(status))
    clock = core.parts.clock
    assert isinstance(clock, SimulatedClock)
    clock.advance(seconds)
    await core.tick()


async def come_back(core: StationCore) -> None:
    """Let time pass until the link that was lost is there again."""
    while (await until(core, lambda status: status.state in {"waiting", "connected"})).state == "waiting":
        await advance(core, 600)
        await until(core, lambda status: status.state != "waiting")
