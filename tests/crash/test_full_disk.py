"""The disk is full while a vehicle charges: charging goes on, the alarm shows, all of it ends by itself."""

from __future__ import annotations

import json
import resource
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.api import RecordQuery, Vehicle
from core.events import RecordAdded
from tests.crash.processes import child
from tests.crash.reaching import station
from tests.dialogues.running import RunningStation

TRY_AGAIN = 75
POWER_W = 22_080


def let_files_grow(process: int, yes: bool) -> None:
    """Let a running process write to its files, or refuse it as a full disk does."""
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (hard if yes else 1, hard))


def status(running: RunningStation) -> Any:
    return json.loads(running.evtty("status", "--json").stdout)


def alarms(running: RunningStation) -> list[str]:
    return [error["name"] for error in status(running)["errors"]]


async def test_a_charge_goes_through_a_full_disk_and_its_record_follows_without_a_restart(
    tmp_path: Path,
) -> None:
    with RunningStation(tmp_path, "--no-ssh") as running:
        core = child(running.process.pid, "core")
        at = await station(tmp_path)
        await at.sim_speed(0)
        await at.sim_badge("04A1B2C3", 1)
        await at.sim_plug(1, Vehicle())
        let_files_grow(core, False)

        now = await at.sim_advance((await at.status()).station.time + timedelta(hours=1))
        assert now.charge_points[0].power_w == POWER_W
        refused = running.evtty("settings", "set", "socket.1.derated_current=16")
        assert refused.returncode == TRY_AGAIN
        assert "disk is full" in refused.stderr
        events = at.events()
        while "Disk full" not in alarms(running):
            await anext(events)
        now = await at.sim_advance((await at.status()).station.time + timedelta(hours=1))
        assert now.charge_points[0].power_w == POWER_W
        assert (await at.sim_unplug(1)).record is None
        assert (await at.records(RecordQuery())).total == 0

        events = at.events()
        let_files_grow(core, True)
        async for event in events:
            if isinstance(event, RecordAdded):
                break
        (record,) = (await at.records(RecordQuery())).records
        assert record.meter_stop_wh - record.meter_start_wh == 2 * POWER_W
        assert record.duration_s == 7200
        while "Disk full" in alarms(running):
            await anext(events)
        assert running.evtty("settings", "set", "socket.1.derated_current=16").returncode == 0
        noted = ""
        while not ("disk_full" in noted and "disk_has_room" in noted):
            noted = running.evtty("log", "--find", "disk_").stdout
        assert noted.index("disk_full") < noted.index("disk_has_room")
        assert child(running.process.pid, "core") == core
