"""The station as a process: it serves its socket, survives its own death, stops and restarts in order."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from core.api import Entrance, LogQuery, Origin, RecordQuery, Station, Vehicle
from core.link import connect

LOCAL = Origin(kind="local")


async def line_with(process: Process, words: str) -> str:
    """Read the process's log up to a line with these words."""
    assert process.stderr is not None
    while words not in (line := (await process.stderr.readline()).decode()):
        assert line, f"the process ended before it said {words!r}"
    return line


@asynccontextmanager
async def station_process(folder: Path) -> AsyncIterator[Process]:
    """Run `python -m core` until it is ready; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "core", "--profile", "parking-2", "--data", str(folder), stderr=PIPE
    )
    try:
        await line_with(process, "core ready")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        assert process.stderr is not None
        await process.stderr.read()
        await process.wait()


async def local_station(folder: Path) -> tuple[Entrance, Station]:
    entrance = await connect(folder)
    return entrance, await entrance.local(LOCAL)


async def test_after_a_kill_the_open_charge_is_closed_once_and_settings_are_kept(tmp_path: Path) -> None:
    async with station_process(tmp_path) as process:
        _, station = await local_station(tmp_path)
        token = await station.resume_token()
        await station.change_settings({"socket.1.derated_current": 20})
        await station.sim_plug(1, Vehicle())
        await station.sim_badge("04A1B2C3", 1)
        process.kill()
        await process.wait()
    async with station_process(tmp_path):
        entrance = await connect(tmp_path)
        station = await entrance.resume(token, LOCAL)
        settings = {view.key: view.value for view in await station.settings()}
        assert settings["socket.1.derated_current"] == 20
        page = await station.records(RecordQuery())
        assert [record.stop_reason for record in page.records] == ["power_loss"]
        await entrance.close()


async def test_a_restart_comes_back_under_the_same_process_number(tmp_path: Path) -> None:
    async with station_process(tmp_path) as process:
        _, station = await local_station(tmp_path)
        await station.restart()
        await line_with(process, "core ready")
        entrance, station = await local_station(tmp_path)
        starts = [entry.text for entry in await station.log(LogQuery()) if entry.action == "started"]
        assert starts == ["start 1", "start 2"]
        await entrance.close()
        assert process.returncode is None


async def test_it_stops_in_order_and_says_how_late_its_ticks_were(tmp_path: Path) -> None:
    async with station_process(tmp_path) as process:
        process.send_signal(signal.SIGUSR1)
        assert "p99_ms" in await line_with(process, "ticks")
        process.send_signal(signal.SIGTERM)
        line = msgspec.json.decode(await line_with(process, "ticks"))
        assert line["level"] == "info"
        assert await process.wait() == 0
    assert not (tmp_path / "core.sock").exists()


async def test_a_second_process_on_the_same_folder_is_refused_in_words(tmp_path: Path) -> None:
    async with station_process(tmp_path):
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "core", "--data", str(tmp_path), stderr=PIPE
        )
        _, said = await second.communicate()
        assert second.returncode == 5
        assert "already runs" in said.decode()
        entrance, _ = await local_station(tmp_path)
        await entrance.close()


def test_an_unknown_profile_is_refused_in_words(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "core", "--profile", "no-such", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDEVMODE": "1"},
    )
    assert done.returncode == 3
    assert "no-such" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-m", "core", "--data", str(tmp_path / "file" / "inside")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 75
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
