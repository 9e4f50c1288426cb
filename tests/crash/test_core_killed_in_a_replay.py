"""kill -9 of core at random moments of a replay: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from core.api import RecordQuery, Station, Vehicle
from core.events import RecordAdded
from core.replay.driver import replay
from core.replay.plan import uid_of
from core.replay.report import ReplayReport
from core.replay.trondheim import RealSession
from core.values.records import ChargeRecord
from tests.crash.ledger import POWER_LOSS, Ledger
from tests.crash.processes import child, children, kill
from tests.crash.reaching import station
from tests.crash.sessions_file import USERS, by_point, repeatable, sessions_file, sessions_text
from tests.dialogues.running import EVTTY, RunningStation
from tests.effort import IS_LONG

KILLS = 4 if IS_LONG else 2
ROUNDS = range(13) if IS_LONG else range(1)
"""Four deaths a station at most, since its supervisor waits longer after each; 52 with scripts/long."""
SESSIONS = 60 if IS_LONG else 30
"""Of each user."""
REAL_SESSIONS = 10_000 if IS_LONG else 50
"""Of each user, at most."""
OF_THE_COMMAND = 150 if IS_LONG else 100
"""Of each user, while the command replays."""
LATEST_S = 0.02
"""Within this time after a record the kill comes: some sessions start, charge and end in it."""


class Killer:
    """Kills core at random moments, each soon after a random number of records."""

    def __init__(self, running: RunningStation, chance: random.Random, *, records: int) -> None:
        self._running = running
        self._chance = chance
        self._marks = sorted(chance.sample(range(1, records), KILLS))
        self._seen = 0
        self._is_coming = False
        self.killed: list[int] = []

    def saw(self) -> None:
        """A record was acknowledged."""
        self._seen += 1
        if self._marks and self._seen >= self._marks[0] and not self._is_coming:
            self._is_coming = True
            delay = self._chance.uniform(0, LATEST_S)
            asyncio.get_running_loop().call_later(delay, self._kill)

    def _kill(self) -> None:
        self._is_coming = False
        number = children(self._running.process.pid).get("core")
        if number is not None and number not in self.killed:
            kill(number)
            self.killed.append(number)
            self._marks.pop(0)


async def replayed_with_deaths(
    folder: Path, by_point: Mapping[int, list[RealSession]], chance: random.Random
) -> tuple[ReplayReport, Ledger, Killer]:
    """Replay over the link while core is killed again and again; compare what was acknowledged."""
    ledger = Ledger(folder)
    with RunningStation(folder, "--no-ssh") as running:
        killer = Killer(running, chance, records=sum(map(len, by_point.values())) * 2 // 3)

        def acknowledged(record: ChargeRecord) -> None:
            ledger.acknowledged(record)
            killer.saw()

        async def again() -> Station:
            return ledger.watched(await station(folder))

        saving = asyncio.create_task(ledger.keep_saving())
        report = await replay(await again(), by_point, reconnect=again, acknowledged=acknowledged)
        saving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await saving
        await ledger.check_everything(report)
    return report, ledger, killer


@pytest.mark.slow
@pytest.mark.parametrize("seed", ROUNDS)
async def test_core_killed_again_and_again_loses_nothing_that_it_acknowledged(
    seed: int, tmp_path: Path
) -> None:
    chance = repeatable(seed)
    planned = by_point(sessions_text(SESSIONS, chance), USERS)
    report, ledger, killer = await replayed_with_deaths(tmp_path, planned, chance)
    assert len(killer.killed) == KILLS
    assert report.served > SESSIONS
    assert len(ledger.opened) > report.served * 0.9
    assert ledger.saved


@pytest.mark.slow
@pytest.mark.data
async def test_real_sessions_survive_the_deaths_of_core(dataset: Path, tmp_path: Path) -> None:
    text = await asyncio.to_thread(dataset.read_text, encoding="utf-8")
    planned = {point: real[:REAL_SESSIONS] for point, real in by_point(text, ("AdA1-1", "AdA6-1")).items()}
    report, ledger, killer = await replayed_with_deaths(tmp_path, planned, repeatable(2018))
    assert len(killer.killed) == KILLS
    assert report.served > (200 if IS_LONG else REAL_SESSIONS)
    assert ledger.saved


@pytest.mark.slow
async def test_the_replay_command_goes_on_through_a_death_of_core(tmp_path: Path) -> None:
    chance = repeatable(5)
    file = sessions_file(tmp_path, OF_THE_COMMAND, chance)
    with RunningStation(tmp_path / "data", "--no-ssh") as running:
        core = child(running.process.pid, "core")
        replaying = await asyncio.create_subprocess_exec(
            *(str(EVTTY), "replay", str(file), "--user", USERS[0], "--user", USERS[1], "--json"),
            *("--data", str(running.folder)),
            stdout=asyncio.subprocess.PIPE,
        )
        events = (await station(running.folder)).events()
        async for event in events:
            if isinstance(event, RecordAdded) and event.number > 20:
                break
        kill(core)
        answer, _ = await replaying.communicate()
        assert replaying.returncode == 0
        told = msgspec.convert(json.loads(answer)["report"], ReplayReport)
        found = await Ledger(running.folder).check_everything(told)
        assert child(running.process.pid, "core") != core
        assert 2 * OF_THE_COMMAND - 10 <= told.served < 2 * OF_THE_COMMAND
        assert {record.uid for record in found} == set(map(uid_of, USERS))


async def test_a_charge_cut_off_by_a_death_of_core_keeps_its_last_known_energy_and_time(
    tmp_path: Path,
) -> None:
    with RunningStation(tmp_path, "--no-ssh") as running:
        at = await station(tmp_path)
        await at.sim_speed(0)
        await at.sim_badge("04A1B2C3", 1)
        plugged = await at.sim_plug(1, Vehicle(phases=1))
        known = await at.sim_advance((await at.status()).station.time + timedelta(hours=1))
        before = known.charge_points[0]
        assert before.session is not None
        assert before.session.energy_wh > 7000
        core = child(running.process.pid, "core")
        kill(core)
        child(running.process.pid, "core", other_than=core)
        at = await station(tmp_path)
        (record,) = (await at.records(RecordQuery())).records
        assert record.stop_reason == POWER_LOSS
        assert plugged.status.session is not None
        assert record.transaction_id == plugged.status.session.transaction_id
        assert record.meter_stop_wh - record.meter_start_wh == before.session.energy_wh
        assert record.duration_s == 3600
        assert (await at.status()).charge_points[0].energy_wh == before.energy_wh
