"""A running station that publishes, and its records."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from core.cdrs import table as cdrs
from core.clock import SimulatedClock
from core.publication import table
from core.station import StationCore
from core.values.publication import PublicationStatus
from core.values.setting import Value
from tests.core.publication.records import record
from tests.stations import log_in

PATIENCE = 20.0


def by_web(port: int, frequency: str = "daily") -> Mapping[str, Value]:
    """Settings that send records to a web server of the tests."""
    return {
        "publication.frequency": frequency,
        "publication.protocol": "http",
        "publication.http.server": "127.0.0.1",
        "publication.http.port": port,
        "publication.http.path": "/upload/records",
        "publication.http.field_name": "file",
    }


def by_files(port: int, frequency: str = "daily") -> Mapping[str, Value]:
    """Settings that send records to a file server of the tests."""
    return {
        "publication.frequency": frequency,
        "publication.protocol": "ftp",
        "publication.ftp.server": "127.0.0.1",
        "publication.ftp.port": port,
        "publication.ftp.passive_mode": "yes",
    }


async def set_up(core: StationCore, settings: Mapping[str, Value]) -> None:
    """Save settings, and wait until the station follows them."""
    local = await log_in(core, "local")
    await local.change_settings(settings)
    await turn(core)
    frequency = core.parts.settings.text("publication.frequency")
    listener = core.parts.announcer.listen()
    async with asyncio.timeout(PATIENCE):
        while (done := await core.parts.storage.read(table.done)) is None or done.frequency != frequency:
            await anext(listener)
        while (await local.publication()).sending:
            await anext(listener)
    listener.close()


async def charge(core: StationCore, count: int) -> None:
    """Put so many more records into the station's memory."""

    def act(link: sqlite3.Connection) -> None:
        for _ in range(count):
            cdrs.append(link, record(cdrs.last_number(link) + 1))

    await core.parts.storage.write(act)


async def turn(core: StationCore) -> None:
    """A control tick, and what the publication does about it."""
    await core.tick()
    for _ in range(5):
        await asyncio.sleep(0)


async def advance(core: StationCore, by: timedelta) -> None:
    clock = core.parts.clock
    assert isinstance(clock, SimulatedClock)
    clock.advance(by.total_seconds())
    await turn(core)


async def step_to(core: StationCore, to: datetime) -> None:
    clock = core.parts.clock
    assert isinstance(clock, SimulatedClock)
    clock.step(to)
    await turn(core)


async def until(core: StationCore, reached: Callable[[PublicationStatus], bool]) -> PublicationStatus:
    """Wait until the publication is at this point."""
    listener = core.parts.announcer.listen()
    try:
        async with asyncio.timeout(PATIENCE):
            while not reached(status := await core.parts.publication.status()):
                await anext(listener)
    finally:
        listener.close()
    return status


def is_done(status: PublicationStatus) -> bool:
    return status.waiting == 0 and not status.sending


def has_failed(status: PublicationStatus) -> bool:
    return status.failed is not None and not status.sending
