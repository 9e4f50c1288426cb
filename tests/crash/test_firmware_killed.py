"""An installation that is killed at any step leaves a station that starts, with old or new software."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.firmware import marker, slots
from core.firmware.launch import HANDED_OVER
from core.firmware.slots import Slot, Slots
from tests.core.firmware.packages import NOW, package, public, wheel
from tests.effort import Effort

TO_THE_END = 0


def install(root: Path, runs: Sequence[tuple[str, int]], version: str = "0.2.0") -> list[int]:
    """Install in folders of these names, and die before these steps; gives the steps of those that ended."""
    path = root / "package.zip"
    path.write_bytes(package(version))
    left = {name: value for name, value in os.environ.items() if name != HANDED_OVER}
    command = [sys.executable, "-m", "tests.crash.dying_install", str(root), str(path), public()]
    words = [f"{name}={number}" for name, number in runs]
    done = subprocess.run(
        [*command, *words], capture_output=True, text=True, timeout=600, check=True, env=left
    )
    return [int(line) for line in done.stdout.split()]


def started(data: Path) -> Slots:
    """What the next start decides."""
    return slots.started(marker.read_marker(data), whole=marker.whole_slots(data), installed="0.1.0")


def is_whole(data: Path, slot: Slot, version: str) -> bool:
    """Whether a slot has every file of the software as it was packed."""
    folder = marker.slot_folder(data, slot)
    with zipfile.ZipFile(io.BytesIO(wheel(version))) as files:
        return all((folder / name).read_bytes() == files.read(name) for name in files.namelist())


def places(steps: int, effort: Effort) -> list[int]:
    """At which steps to die: two, or each."""
    return effort([steps // 2, steps], list(range(1, steps + 1)))


@pytest.mark.slow
def test_killed_at_any_step_the_station_starts_and_the_next_installation_goes_well(
    tmp_path: Path, effort: Effort
) -> None:
    (steps,) = install(tmp_path, [("whole", TO_THE_END)])
    assert steps >= 20
    numbers = places(steps, effort)
    install(tmp_path, [(str(number), number) for number in numbers])
    for number in numbers:
        data = tmp_path / str(number)
        runs = slots.to_run(started(data))
        assert runs in ("", "a")
        assert not runs or is_whole(data, runs, "0.2.0")
    install(tmp_path, [(str(number), TO_THE_END) for number in numbers])
    for number in numbers:
        data = tmp_path / str(number)
        assert slots.to_run(started(data)) == "a"
        assert is_whole(data, "a", "0.2.0")
        assert not list(marker.firmware_folder(data).glob("*.new"))


@pytest.mark.slow
def test_killed_while_the_other_slot_is_written_anew_what_runs_stays_whole(
    tmp_path: Path, effort: Effort
) -> None:
    (steps,) = install(tmp_path, [("first", TO_THE_END)])
    first = tmp_path / "first"
    marker.write_marker(first, slots.proved(started(first), NOW))
    install(tmp_path, [("first", TO_THE_END)], "0.3.0")
    marker.write_marker(first, slots.returned(started(first), "it was not better", NOW))
    numbers = places(steps, effort)
    for number in numbers:
        shutil.copytree(first, tmp_path / str(number))
    install(tmp_path, [(str(number), number) for number in numbers], "0.4.0")
    for number in numbers:
        data = tmp_path / str(number)
        runs = slots.to_run(started(data))
        assert is_whole(data, "a", "0.2.0")
        assert runs == "a" or (runs == "b" and is_whole(data, "b", "0.4.0"))
