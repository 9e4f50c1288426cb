"""Folders for files on their way: for one user, and gone whatever becomes of the process."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

from console.transfer.folders import NAME, remove_left_over, transfer_folder

KILLED = """
import os, pathlib, signal, sys
from console.transfer.folders import transfer_folder
with transfer_folder(pathlib.Path(sys.argv[1])) as folder:
    (folder / "half.csv").write_text("secret")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_folder_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with transfer_folder(tmp_path) as folder:
        (folder / "a.csv").write_text("1")
        for each in (folder, folder.parent):
            assert stat.S_IMODE(each.stat().st_mode) == 0o700
    assert list((tmp_path / NAME).iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_what_is_in_use_stays(tmp_path: Path) -> None:
    with transfer_folder(tmp_path) as used:
        done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, timeout=30)
        assert done.returncode == -signal.SIGKILL
        assert len(list((tmp_path / NAME).iterdir())) == 2
        remove_left_over(tmp_path)
        assert list((tmp_path / NAME).iterdir()) == [used]


def test_there_may_be_nothing_to_remove(tmp_path: Path) -> None:
    remove_left_over(tmp_path)
    assert list(tmp_path.iterdir()) == []
