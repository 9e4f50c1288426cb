"""Driving a station through real sessions, also when it dies on the way."""

from __future__ import annotations

import asyncio
import contextlib
import random
from asyncio.subprocess import Process
from collections import Counter
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pytest

from core.api import Entrance, Origin, Station
from core.errors import NotAllowed, TryLater
from core.link import connect
from core.replay.driver import replay
from core.replay.plan import OVERLAP, uid_of
from core.values.records import ChargeRecord, RecordQuery
from tests.core.replay.sample import USERS, by_point
from tests.core.test_process import station_process
from tests.effort import Effort
from tests.stations import log_in, running_station

ALL = RecordQuery(last=10_000)


class Stations:
    """One station process after the other on the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: AbstractAsyncContextManager[Process] | None = None
        self._process: Process | None = None
        self._entrance: Entrance | None = None
        self.deaths = 0

    async def _hang_up(self) -> None:
        if self._entrance is not None:
            with contextlib.suppress(TryLater):
                await self._entrance.close()
            self._entrance = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._hang_up()
        if self._running is not None:
            await self._running.__aexit__(None, None, None)

    def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def stored(self) -> tuple[ChargeRecord, ...]:
        """Every record, even if the last kill comes only now."""
        while True:
            try:
                return (await (await self.back()).records(ALL)).records
            except TryLater:
                continue

    async def back(self) -> Station:
        """The station's local session; a new process where the last one has died."""
        while True:
            if self._process is not None:
                try:
                    await self._hang_up()
                    self._entrance = await connect(self._folder)
                    return await self._entrance.local(Origin(kind="local"))
                except TryLater:
                    await self._process.wait()
                    self.deaths += 1
            if self._running is not None:
                await self._running.__aexit__(None, None, None)
            self._running = station_process(self._folder)
            self._process = await self._running.__aenter__()


async def test_every_session_that_can_be_is_served_and_gives_what_it_asks(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core, "local")
        report = await replay(station, by_point())
        records = (await station.records(ALL)).records
    assert (report.sessions, report.served) == (21, 17)
    assert report.refused == {OVERLAP: 1}
    assert sum(report.flawed.values()) == 3
    assert (report.not_fitting, report.off, report.interrupted) == (1, 0, 0)
    assert Counter(record.uid for record in records) == {uid_of(USERS[0]): 9, uid_of(USERS[1]): 8}
    assert report.delivered_wh == sum(record.meter_stop_wh - record.meter_start_wh for record in records)
    assert {record.stop_reason for record in records} == {"vehicle_unplugged"}


async def test_records_carry_the_times_of_the_real_sessions(tmp_path: Path) -> None:
    real = by_point()[2]
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core, "local")
        await replay(station, {2: real})
        records = (await station.records(ALL)).records
    assert [(record.start, record.end) for record in reversed(records)] == [
        (session.start, session.end) for session in real
    ]
    assert [record.energy_kwh * 1000 for record in reversed(records)] == [
        session.energy_wh for session in real
    ]


async def test_a_small_wallbox_with_free_access_gives_what_fits(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path) as core:
        station = await log_in(core, "local")
        report = await replay(station, {1: by_point()[1]})
        records = (await station.records(ALL)).records
    assert (report.served, report.off) == (9, 0)
    assert report.not_fitting >= 1
    assert report.delivered_wh < report.asked_wh
    assert {record.charge_type for record in records} == {"AC_SINGLE_PHASE"}
    assert max(record.max_power_w for record in records) == 3680


async def test_the_clock_comes_back_to_the_present(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core, "local")
        await replay(station, by_point())
        now = (await station.status()).station.time
    assert abs((now - datetime.now(UTC)).total_seconds()) < 60


async def test_a_station_that_refuses_unknown_badges_serves_nobody(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core, "local")
        await station.change_settings({"general.authentication_strategy": "reject_unknown"})
        report = await replay(station, by_point())
    assert report.served == 0
    assert sum(report.refused.values()) == 18


async def test_who_may_not_simulate_may_not_replay(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core, "user")
        with pytest.raises(NotAllowed):
            await replay(station, by_point())


async def test_a_lost_link_without_a_way_back_ends_the_replay(tmp_path: Path) -> None:
    async with station_process(tmp_path) as process:
        entrance = await connect(tmp_path)
        station = await entrance.local(Origin(kind="local"))

        def die(record: ChargeRecord) -> None:
            process.kill()

        with pytest.raises(TryLater):
            await replay(station, by_point(), acknowledged=die)


async def test_no_acknowledged_record_is_lost_or_doubled_by_deaths(tmp_path: Path, effort: Effort) -> None:
    """The station is killed at random moments of a replay and started again each time."""
    chance = random.Random(50)  # noqa: S311 - moments, not secrets
    left = effort(default=2, long=50)
    rounds = effort(default=1, long=12)
    acknowledged: list[ChargeRecord] = []
    stored: tuple[ChargeRecord, ...] = ()
    deaths = 0
    loop = asyncio.get_running_loop()
    for _ in range(rounds):
        async with Stations(tmp_path) as stations:

            def mayhap(done: int, total: int, stations: Stations = stations) -> None:
                nonlocal left
                if left > 0 and chance.random() < 0.4:
                    left -= 1
                    # While the next calls are under way, at a moment nobody can foresee.
                    loop.call_later(chance.uniform(0, 0.03), stations.kill)

            report = await replay(
                await stations.back(),
                by_point(),
                reconnect=stations.back,
                acknowledged=acknowledged.append,
                progress=mayhap,
            )
            assert report.served + report.interrupted == 17
            stored = await stations.stored()
            deaths += stations.deaths
    assert deaths > 0
    by_number = {record.number: record for record in stored}
    assert sorted(by_number) == list(range(1, len(stored) + 1))
    assert len({record.transaction_id for record in stored}) == len(stored)
    assert all(by_number[record.number] == record for record in acknowledged)
    assert len({record.number for record in acknowledged}) == len(acknowledged)
