"""Leaves out the tests whose outside programs or charging records are not there, and says so at the end.

`@pytest.mark.peer("ssh", "minicom")` names outside programs as found on PATH, or modules of `MODULES`; with
EVTTY_REQUIRE_PEERS=1 a missing one fails the test. `@pytest.mark.data` needs the real charging records.
"""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

DATASET_NAME = "trondheim-charging-reports.csv"
MODULES = {"ocpp-rpc": "peers/central_system/node_modules/ocpp-rpc"}
"""Where a peer lies that is no program but a module, put there by `npm ci` beside its package.json."""

PROGRAM, RECORDS = "program not there", "charging records not there"


def dataset_file() -> Path:
    """Return where the charging records should be: beside the checkout, or in the folder EVTTY_DATASET."""
    beside_the_checkout = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("EVTTY_DATASET") or beside_the_checkout) / DATASET_NAME


@pytest.fixture(scope="session")
def dataset() -> Path:
    """Give the file of real charging records; for tests with the marker `data`."""
    return dataset_file()


def is_there(peer: str) -> bool:
    """Whether a peer can be used here."""
    if peer in MODULES:
        return (Path(__file__).parent / MODULES[peer]).is_dir()
    return shutil.which(peer) is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    peers = [program for mark in item.iter_markers("peer") for program in mark.args]
    missing = [program for program in dict.fromkeys(peers) if not is_there(program)]
    if missing and os.environ.get("EVTTY_REQUIRE_PEERS", "") not in ("", "0"):
        pytest.fail(f"{PROGRAM}: {', '.join(missing)} (EVTTY_REQUIRE_PEERS asks for all)", pytrace=False)
    if missing:
        item.user_properties += [(PROGRAM, program) for program in missing]
        pytest.skip(f"{PROGRAM}: {', '.join(missing)}")
    if item.get_closest_marker("data") and not dataset_file().is_file():
        item.user_properties.append((RECORDS, DATASET_NAME))
        pytest.skip(f"{RECORDS}: {dataset_file()}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = Counter(
        (reason, str(what))
        for report in terminalreporter.stats.get("skipped", [])
        for reason, what in report.user_properties
        if reason in (PROGRAM, RECORDS)
    )
    for reason in (PROGRAM, RECORDS):
        left_out = [
            f"{what} ({count} {'test' if count == 1 else 'tests'})"
            for (why, what), count in sorted(counts.items())
            if why == reason
        ]
        if left_out:
            terminalreporter.write_line(f"left out, {reason}: {', '.join(left_out)}", yellow=True)
