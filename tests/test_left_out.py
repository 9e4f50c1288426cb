"""Tests that need something from outside are left out aloud, or fail where nothing may be left out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SUITE = """
import pytest

@pytest.mark.peer("sh")
def test_with_a_program_that_is_there(): pass

@pytest.mark.peer("sh", "no-such-program")
def test_with_a_program_that_is_not_there(): raise AssertionError

@pytest.mark.data
def test_with_the_records(dataset): assert dataset.read_text() == "records"

def test_of_effort(effort): assert effort(default=1, long=2) == 1
"""


def run_suite(folder: Path, **environment: str) -> str:
    """Run the suite above in a pytest of its own and return what it printed."""
    (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVTTY_", "PYTEST_"))}
    # Without the other plugins, which take longer to load than the suite to run.
    kept["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    named = ("xdist", "pytest_asyncio.plugin", "tests.left_out", "tests.effort", "no:cacheprovider")
    plugins = [part for name in named for part in ("-p", name)]
    run: subprocess.CompletedProcess[str] = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            "pyproject.toml",
            *plugins,
            "-q",
            f"--rootdir={folder}",
            str(folder),
        ],
        cwd=ROOT,
        env=kept | {"EVTTY_DATASET": str(folder / "data")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout


def test_what_is_left_out_is_said_before_the_closing_line(tmp_path: Path) -> None:
    *before, closing = run_suite(tmp_path).strip().splitlines()
    assert "left out, program not there: no-such-program (1 test)" in before
    assert "left out, charging records not there: trondheim-charging-reports.csv (1 test)" in before
    assert closing.startswith("2 passed, 2 skipped")


def test_where_all_programs_are_required_a_missing_one_fails_its_test(tmp_path: Path) -> None:
    printed = run_suite(tmp_path, EVTTY_REQUIRE_PEERS="1")
    assert "program not there: no-such-program (EVTTY_REQUIRE_PEERS asks for all)" in printed
    assert printed.strip().splitlines()[-1].startswith("2 passed, 1 skipped, 1 error")


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_with_records_and_workers_the_outcome_is_the_same(tmp_path: Path, workers: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "trondheim-charging-reports.csv").write_text("records", encoding="utf-8")
    printed = run_suite(tmp_path, PYTEST_ADDOPTS=workers)
    assert "left out, program not there: no-such-program (1 test)" in printed
    assert printed.strip().splitlines()[-1].startswith("3 passed, 1 skipped")
