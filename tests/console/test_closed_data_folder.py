"""Whoever may not enter a data folder is told so, with the exit code for it, and never shown a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OVER_RIGHTS = "-dac_override,-dac_read_search"


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    data = tmp_path / "data"
    data.mkdir(mode=0)
    yield data
    data.chmod(0o700)


def as_somebody_else(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # Root enters closed folders too, unless it may not pass over rights.
    bound = ["setpriv", f"--bounding-set={OVER_RIGHTS}", f"--inh-caps={OVER_RIGHTS}"]
    nobody = bound if os.geteuid() == 0 else []
    return subprocess.run(
        [*nobody, sys.executable, "-m", "console.cli", *words, "--data", str(data)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        cwd=ROOT,
    )


def test_a_command_says_whose_the_data_folder_is_not(closed: Path) -> None:
    done = as_somebody_else(closed, "log", "verify")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == f"The data folder {closed} is not yours: be root, or its owner.\n"


def test_a_console_says_that_it_cannot_use_the_data_folder(closed: Path) -> None:
    done = as_somebody_else(closed, "console", "--no-ssh")
    assert (done.returncode, done.stderr) == (
        3,
        f"The data folder {closed} cannot be used: Permission denied.\n",
    )
