"""`evtty run` dies or is stopped: nothing of it is left behind, and the next one starts at once."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from core.api import RecordQuery, Vehicle
from core.link.address import LOCK_FILE, lock
from tests.crash.processes import children, is_running, kill, wait_until_gone, wait_until_open
from tests.crash.reaching import station
from tests.dialogues.running import RunningStation

STOPS_WITHIN_S = 10.0
"""Service managers wait longer than this before they kill."""


def test_when_the_supervisor_is_killed_its_processes_end_and_the_next_run_starts(tmp_path: Path) -> None:
    with RunningStation(tmp_path) as running:
        left = list(children(running.process.pid).values())
        assert len(left) == 2
        kill(running.process.pid)
        running.process.wait()
        # The next run does not wait for anybody: whoever still holds the folder must be on the way out.
        with RunningStation(tmp_path) as again:
            assert sorted(children(again.process.pid)) == ["console", "core"]
            wait_until_gone(*left)


async def test_a_stop_ends_everything_in_time_with_the_records_of_open_charges(tmp_path: Path) -> None:
    with RunningStation(tmp_path) as running:
        started = children(running.process.pid)
        assert started.keys() == {"core", "console"}
        at = await station(tmp_path)
        await at.sim_speed(0)
        await at.sim_badge("04A1B2C3", 1)
        await at.sim_plug(1, Vehicle())
        await at.sim_advance((await at.status()).station.time + timedelta(hours=1))
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(timeout=STOPS_WITHIN_S)
        assert running.process.returncode == 0
        assert not [number for number in started.values() if is_running(number)]
    with RunningStation(tmp_path, "--no-ssh"):
        (record,) = (await (await station(tmp_path)).records(RecordQuery())).records
        assert record.stop_reason == "restart"
        assert record.energy_kwh == pytest.approx(22.08, abs=0.01)


async def test_a_new_run_waits_for_a_core_that_is_still_ending(tmp_path: Path) -> None:
    held = lock(tmp_path)
    core = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "core", "--data", str(tmp_path)), stderr=asyncio.subprocess.DEVNULL
    )
    wait_until_open(core.pid, tmp_path / LOCK_FILE)
    os.close(held)
    await (await station(tmp_path)).status()
    core.terminate()
    assert await core.wait() == 0
