"""Whatever was acknowledged is there, once, however often the station is killed while it serves."""

from __future__ import annotations

import asyncio
import contextlib
import random
from asyncio.subprocess import Process
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from core.api import ChargeRecord, RecordQuery, Station, Vehicle
from core.errors import TryLater
from tests.core.test_process import local_station, station_process
from tests.effort import Effort

T = TypeVar("T")
CURRENT = "socket.1.derated_current"


class Killed(Exception):
    """The station is dead; nobody knows whether the last call came about."""


class Doomed:
    """Kills the process during the call of this number, a few turns of the loop after it was sent."""

    def __init__(self, process: Process, *, call: int, turns: int) -> None:
        self._process = process
        self._calls = call
        self._turns = turns

    async def do(self, work: Awaitable[T]) -> T:
        self._calls -= 1
        if self._calls:
            return await work
        waiting = asyncio.ensure_future(work)
        for _ in range(self._turns):
            await asyncio.sleep(0)
        self._process.kill()
        try:
            return await waiting
        except TryLater:
            raise Killed from None


class Ledger:
    """What the station acknowledged: records by number, badges, the last value of a setting (or the next)."""

    def __init__(self) -> None:
        self.records: dict[int, ChargeRecord] = {}
        self.badges: set[str] = set()
        self.values = [32]


async def charge(station: Station, doomed: Doomed, ledger: Ledger) -> None:
    """Charge again and again, and change a setting in between, until the station dies."""
    visit = 0
    while True:
        visit += 1
        await doomed.do(station.sim_plug(1, Vehicle(energy_wh=9_000)))
        await doomed.do(station.sim_badge("04A1B2C3", 1))
        now = (await doomed.do(station.status())).station.time
        await doomed.do(station.sim_advance(now + timedelta(minutes=20)))
        outcome = await doomed.do(station.sim_unplug(1))
        assert outcome.record is not None
        ledger.records[outcome.record.number] = outcome.record
        ledger.values = [ledger.values[-1], 10 + (ledger.values[-1] + 1) % 20]
        await doomed.do(station.change_settings({CURRENT: ledger.values[1]}))
        ledger.values = ledger.values[1:]
        uid = f"{len(ledger.badges):06X}"
        await doomed.do(station.add_badge(uid))
        ledger.badges.add(uid)


async def check(station: Station, ledger: Ledger) -> None:
    """Compare the station with what it acknowledged."""
    page = await station.records(RecordQuery(last=10_000))
    found = {record.number: record for record in page.records}
    assert {number: found.get(number) for number in ledger.records} == ledger.records
    assert sorted(found) == list(range(1, len(found) + 1))
    assert len({record.transaction_id for record in page.records}) == len(found)
    unasked = [record for number, record in found.items() if number not in ledger.records]
    assert all(record.stop_reason in {"power_loss", "vehicle_unplugged"} for record in unasked)
    ledger.records |= found
    there = [badge.uid for badge in (await station.badges()).badges]
    assert set(there) >= ledger.badges
    assert len(there) <= len(ledger.badges) + 1
    ledger.badges = set(there)
    (value,) = [view.value for view in await station.settings() if view.key == CURRENT]
    assert value in ledger.values
    ledger.values = [int(value)]


async def test_no_acknowledged_record_badge_or_setting_is_lost_and_none_is_there_twice(
    tmp_path: Path, effort: Effort
) -> None:
    chance, ledger = random.Random(61851), Ledger()  # noqa: S311 - moments, not secrets
    deaths = effort(default=4, long=50)
    for _ in range(deaths):
        async with station_process(tmp_path) as process:
            entrance, station = await local_station(tmp_path)
            await check(station, ledger)
            doomed = Doomed(process, call=chance.randint(1, 60), turns=chance.randint(0, 12))
            with contextlib.suppress(Killed, TryLater):
                await charge(station, doomed, ledger)
            await entrance.close()
            await process.wait()
    async with station_process(tmp_path):
        entrance, station = await local_station(tmp_path)
        await check(station, ledger)
        await entrance.close()
    assert len(ledger.records) >= deaths
