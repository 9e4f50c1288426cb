"""What wakes the publication: the scheduler when a period ends, a clock that was set, room on the disk."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import StorageFull
from core.publication.backoff import pause
from core.publication.waking import LOOK_AGAIN, PeriodTrigger, Waking
from core.timekeeping.drift import Drift
from tests.core.publication.publisher import by_web, charge, is_done, set_up, turn, until
from tests.peers.web_server import WebServer
from tests.stations import NOON, running_station

MIDNIGHT = datetime(2026, 3, 3, 0, 1, tzinfo=UTC)
SCHEDULERS = datetime(2031, 6, 1, 12, 0, tzinfo=UTC)
"""What the computer's clock says; the station's own may be another."""


def test_the_scheduler_waits_as_long_as_the_stations_clock_has_to_go() -> None:
    trigger = PeriodTrigger(lambda: MIDNIGHT, lambda: NOON)
    assert trigger.get_next_fire_time(None, SCHEDULERS) - SCHEDULERS == MIDNIGHT - NOON


def test_a_period_that_is_due_wakes_at_once_and_then_every_minute() -> None:
    trigger = PeriodTrigger(lambda: MIDNIGHT, lambda: MIDNIGHT + timedelta(days=9000))
    assert trigger.get_next_fire_time(None, SCHEDULERS) == SCHEDULERS
    assert trigger.get_next_fire_time(SCHEDULERS, SCHEDULERS) - SCHEDULERS == timedelta(seconds=LOOK_AGAIN)


async def test_a_wake_up_that_was_slept_through_still_comes_once() -> None:
    woken: list[int] = []
    there = asyncio.Event()
    now = NOON

    def wake() -> None:
        woken.append(1)
        there.set()

    waking = Waking(wake, lambda: MIDNIGHT, lambda: now)
    waking.start()
    now = MIDNIGHT + timedelta(days=40)
    waking.again()
    async with asyncio.timeout(20):
        await there.wait()
    waking.stop()
    assert woken == [1]


def test_a_clock_that_was_set_is_noticed_in_both_directions_and_a_slow_one_after_a_while() -> None:
    wall, passed = NOON, 0.0
    drift = Drift(lambda: wall, lambda: passed)
    wall, passed = wall + timedelta(seconds=60), 60.0
    assert not drift.stepped()
    wall -= timedelta(hours=1)
    assert drift.stepped()
    assert not drift.stepped()
    wall += timedelta(days=9000)
    assert drift.stepped()
    found = []
    for _ in range(5):
        passed += 1.0
        found.append(drift.stepped())
    assert found == [False, False, True, False, False]


def test_pauses_grow_to_an_hour() -> None:
    assert [pause(tries) for tries in range(1, 9)] == [60, 120, 300, 900, 1800, 3600, 3600, 3600]


async def test_a_period_that_ends_while_the_disk_is_full_is_published_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        await charge(core, 2)
        await set_up(core, by_web(server.port))
        clock, publication = core.parts.clock, core.parts.publication

        async def full(act: object) -> None:
            raise StorageFull("The station's disk is full: nothing was saved. Make room, then do it again.")

        with monkeypatch.context() as patched:
            patched.setattr(core.parts.storage, "write", full)
            clock.advance((MIDNIGHT - NOON).total_seconds())  # type: ignore[attr-defined]
            publication.tick()
            for _ in range(20):
                await asyncio.sleep(0)
        assert server.uploads == []
        await turn(core)
        clock.advance(LOOK_AGAIN)  # type: ignore[attr-defined]
        await turn(core)
        await until(core, is_done)
    assert len(server.uploads) == 1
