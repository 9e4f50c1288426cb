"""The database is damaged when the station starts: it is made again, and everybody is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.database import DATABASE_FILE
from tests.crash.damage import damage
from tests.crash.processes import children, kill, wait_until_gone
from tests.dialogues.running import RunningStation


def end_at_once(running: RunningStation) -> None:
    """Kill all its processes, as a power cut does."""
    processes = [running.process.pid, *children(running.process.pid).values()]
    for process in processes:
        kill(process)
    running.process.wait()
    wait_until_gone(*processes)


def test_a_damaged_database_is_restored_at_the_start_and_reported(tmp_path: Path) -> None:
    with RunningStation(tmp_path, "--no-ssh") as running:
        assert running.evtty("settings", "set", "socket.1.derated_current=13").returncode == 0
        end_at_once(running)
    damage(tmp_path)
    with RunningStation(tmp_path, "--no-ssh") as running:
        status = json.loads(running.evtty("status", "--json").stdout)
        assert [error["name"] for error in status["errors"]] == ["Database restored"]
        assert "Database restored" in running.evtty("status").stdout
        (entry,) = (line for line in running.evtty("log").stdout.splitlines() if "storage_recovered" in line)
        assert "transactions of the journal" in entry
        assert running.evtty("settings", "get", "socket.1.derated_current").stdout == "13\n"
    assert list(tmp_path.glob("station.sqlite.damaged-*"))


@pytest.mark.parametrize("left", [b"", b"not a log of SQLite"], ids=["cut", "overwritten"])
def test_a_lost_write_ahead_log_loses_nothing_that_was_acknowledged(left: bytes, tmp_path: Path) -> None:
    with RunningStation(tmp_path, "--no-ssh") as running:
        for ampere in (10, 11, 12, 13):
            assert running.evtty("settings", "set", f"socket.1.derated_current={ampere}").returncode == 0
        end_at_once(running)
    (tmp_path / f"{DATABASE_FILE}-wal").write_bytes(left)
    with RunningStation(tmp_path, "--no-ssh") as running:
        assert running.evtty("settings", "get", "socket.1.derated_current").stdout == "13\n"
        assert "Database restored" in running.evtty("status").stdout
        assert "storage_recovered" in running.evtty("log").stdout
