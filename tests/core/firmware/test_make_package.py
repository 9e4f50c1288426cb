"""`scripts/make-package`: what it makes is taken by a station that trusts its key."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from core.firmware.keys import read_key
from core.firmware.package import look_through
from core.firmware.tool import open_tool
from tests.effort import Effort

SCRIPT = Path(__file__).parents[3] / "scripts" / "make_package.py"


def make(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *words], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.slow
def test_a_package_that_was_made_with_a_new_key_is_accepted(tmp_path: Path, effort: Effort) -> None:
    key, notes, board, out = (tmp_path / name for name in ("key.pem", "notes.txt", "board.bin", "out.zip"))
    printed = make("--new-key", str(key)).stdout
    (public,) = tomllib.loads(printed)["firmware"]["keys"]
    assert key.stat().st_mode & 0o077 == 0
    assert make("--new-key", str(key)).returncode == 1
    notes.write_text("What is new\n")
    board.write_bytes(b"image")
    images_only = ("--no-tool", "--version", "7.1")
    with_tool = effort(default=False, long=True)
    words = ("--key", str(key), "--notes", str(notes), "--out", str(out))
    done = make(
        *words,
        *(() if with_tool else images_only),
        *("--board", str(board), "--board-version", "7.1", "--families", "city"),
    )
    assert done.returncode == 0, done.stderr
    trusted = read_key(public)
    assert trusted is not None
    with out.open("rb") as file:
        looked = look_through(file, (trusted,))
        assert (looked.manifest.families, looked.manifest.parts["board"].version) == (("city",), "7.1")
        if with_tool:
            member = looked.members["tool.whl"]
            wheel = out.read_bytes()[member.at :][: member.size]
            assert "screens/styles.tcss" in open_tool(wheel, looked.manifest.version).namelist()
            assert looked.manifest.needs["textual"] == "8.2.8"


def test_a_private_key_is_never_put_into_the_checkout() -> None:
    path = SCRIPT.with_name("key.pem")
    assert "outside the checkout" in make("--new-key", str(path)).stderr
    assert not path.exists()
