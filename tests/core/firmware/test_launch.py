"""Real processes started from slots: the one that shall run runs, and what hangs or dies is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.firmware import marker, slots
from core.firmware.launch import HANDED_OVER, proved_slot, start_core
from core.firmware.slots import MOST_STARTS, Candidate, Slots
from tests.core.firmware.packages import NOW

ROOT = Path(__file__).parents[3]
LAUNCH = """
import sys
from pathlib import Path
from core.firmware.launch import {what}
{what}(Path(sys.argv[1]), ["--data", sys.argv[1]])
print("the installed program")
"""


def software(data: Path, slot: str, core: str) -> None:
    """Put software into a slot."""
    for package, text in (("core", core), ("console", "print('console of', __file__)")):
        folder = data / marker.FOLDER / slot / package
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / "__main__.py").write_text(text)
        (folder / "cli.py").write_text(text)


def waits(data: Path, *, seconds: int = 60) -> None:
    candidate = Candidate(slot="a", version="0.2.0", minimum="0.2.0", seconds=seconds)
    marker.write_marker(data, slots.written(Slots(), candidate, version="0.1.0", running=""))


def launched(data: Path, what: str = "start_core") -> subprocess.CompletedProcess[str]:
    left = {name: value for name, value in os.environ.items() if name != HANDED_OVER}
    return subprocess.run(
        [sys.executable, "-c", LAUNCH.format(what=what), str(data)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        env=left,
    )


def test_without_packages_the_installed_program_runs(tmp_path: Path) -> None:
    assert launched(tmp_path).stdout == "the installed program\n"
    assert not marker.firmware_folder(tmp_path).exists()


def test_software_in_slots_of_another_user_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    software(tmp_path, "a", "print('with the rights of whoever looks')")
    proved = Slots(active="a", active_version="0.2.0", beside="0.1.0")
    marker.write_marker(tmp_path, proved)
    assert proved_slot(tmp_path) == "a"
    if os.geteuid() == 0:
        os.chown(marker.firmware_folder(tmp_path), 1, 1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert proved_slot(tmp_path) == ""
    start_core(tmp_path, [])
    assert marker.look(tmp_path) == proved


def test_what_waits_is_started_with_the_same_words_and_its_own_modules(tmp_path: Path) -> None:
    software(tmp_path, "a", "import sys; print(__file__, sys.argv[1:])")
    waits(tmp_path)
    said = launched(tmp_path).stdout
    assert said == f"{marker.slot_folder(tmp_path, 'a')}/core/__main__.py ['--data', '{tmp_path}']\n"


def test_the_console_follows_only_what_has_proved_itself(tmp_path: Path) -> None:
    software(tmp_path, "a", "")
    waits(tmp_path)
    tried = slots.started(marker.read_marker(tmp_path), whole=marker.whole_slots(tmp_path), installed="0.1.0")
    marker.write_marker(tmp_path, tried)
    assert launched(tmp_path, "start_console").stdout == "the installed program\n"
    marker.write_marker(tmp_path, slots.proved(tried, NOW))
    assert launched(tmp_path, "start_console").stdout.startswith("console of ")


def test_who_may_not_enter_the_data_folder_stays_with_the_installed_program(tmp_path: Path) -> None:
    data = tmp_path / "data"
    software(data, "a", "print('slot')")
    marker.write_marker(data, Slots(active="a"))
    # Root enters closed folders too, unless it may not pass over rights.
    bound = [f"--{kind}=-dac_override,-dac_read_search" for kind in ("bounding-set", "inh-caps")]
    nobody = ["setpriv", *bound, sys.executable, "-c"] if os.geteuid() == 0 else []
    data.chmod(0)
    try:
        script = LAUNCH.format(what="start_console")
        command = [*(nobody or [sys.executable, "-c"]), script, str(data)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, cwd=ROOT)
    finally:
        data.chmod(0o700)
    assert done.stdout == "the installed program\n", done.stderr


def test_software_that_dies_is_started_three_times_then_the_installed_program_runs(tmp_path: Path) -> None:
    software(tmp_path, "a", "syntax error in it")
    waits(tmp_path)
    codes = [launched(tmp_path).returncode for _start in range(MOST_STARTS)]
    assert codes == [1] * MOST_STARTS
    assert launched(tmp_path).stdout == "the installed program\n"
    outcome = marker.read_marker(tmp_path).outcome
    assert outcome is not None
    assert outcome.result == "returned"


def test_software_that_hangs_is_ended_by_the_kernel(tmp_path: Path) -> None:
    software(tmp_path, "a", "import time; time.sleep(60)")
    waits(tmp_path, seconds=1)
    assert launched(tmp_path).returncode == -signal.SIGALRM
    assert launched(tmp_path).stdout == "the installed program\n"


def test_an_alarm_of_software_that_was_left_does_not_end_what_runs_after_it(tmp_path: Path) -> None:
    script = f"import signal; signal.alarm(60)\n{LAUNCH.format(what='start_core')}\nprint(signal.alarm(0))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "the installed program\n0\n"


def test_a_damaged_marker_is_set_aside_and_the_installed_program_runs(tmp_path: Path) -> None:
    software(tmp_path, "a", "print('slot')")
    for damage in (b"", b"{", b"\xff\xfe", b"[]", b'{"active": "c"}', b'{"trial": 3}'):
        path = marker.firmware_folder(tmp_path) / marker.MARKER
        path.write_bytes(damage)
        assert marker.read_marker(tmp_path) == Slots()
        assert path.with_name(marker.DAMAGED).read_bytes() == damage
    assert launched(tmp_path).stdout == "the installed program\n"
