"""Firmware over SSH: a package that works runs after the restart, one that does not is left again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from core.firmware import marker
from tests.core.firmware.packages import FOREIGN, package, parts_of, wheel
from tests.core.firmware.test_installing import trusting
from tests.crash.processes import children
from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.effort import Effort
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh")

ROOT = Path(__file__).parents[2]
FIRMWARE = sorted(path.name for path in (ROOT / "core" / "firmware").glob("*.py"))
OWN = ("core/__main__.py", "console/__main__.py", *(f"core/firmware/{name}" for name in FIRMWARE))
"""What decides which software runs has to be in the slot itself; the rest is taken from the checkout."""
PATIENCE_S = 60.0
PAUSE_S = 0.1
SLOT_OF = {"0.2.0": "a"}


def software(version: str, others: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """A package of this very software under another version, but for `others`."""
    modules = {
        f"{place}/__init__.py": f"__path__.append({str(ROOT / place)!r})\n" for place in ("core", "console")
    }
    modules |= {name: (ROOT / name).read_text() for name in OWN}
    return package(version, parts={**parts_of(version), "tool": wheel(version, {**modules, **others})})


@pytest.fixture(scope="module")
def trusting_station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A station that trusts the key of the tests, with the passwords of the tests."""
    folder = tmp_path_factory.mktemp("firmware")
    with RunningStation(folder / "data", "--profile", trusting(folder)) as running:
        for account, password in PASSWORDS.items():
            assert running.evtty("password", account, stdin=f"{password}\n").returncode == 0
        yield running


def outcome(station: RunningStation, version: str) -> str:
    """Wait until it is known what became of a version."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        last = marker.look(station.folder).outcome
        if last is not None and last.version == version and last.noted:
            return f"{last.result} {last.reason}".strip()
        time.sleep(PAUSE_S)
    raise AssertionError(f"nothing became of {version}: {marker.look(station.folder)}")


def at_the_new_console(admin: Client, version: str) -> dict[str, Any]:
    """Wait until the console over SSH is one of this version; what `firmware show` says there."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        console = children(admin.station.process.pid).get("console", 0)
        paths = Path(f"/proc/{console}/environ").read_bytes() if console else b""
        if f"EVTTY_SLOT={SLOT_OF[version]}".encode() in paths:
            admin.station.wait_for_ssh()
            status: dict[str, Any] = admin.run("firmware", "show", "--json").json
            return status
        time.sleep(PAUSE_S)
    raise AssertionError(f"no console of {version}")


@pytest.mark.slow
def test_a_package_runs_after_the_restart_and_one_that_does_not_work_is_left_again(
    trusting_station: RunningStation, client: Callable[..., Client], effort: Effort
) -> None:
    admin = client(trusting_station, "admin")
    core = trusting_station.child("core")
    done = admin.run("firmware", "install", stdin=software("0.2.0"))
    assert done.code == 0, done.errors
    assert "- It can be seen that this is another version." in done.output.decode()
    assert " received" in done.errors
    assert outcome(trusting_station, "0.2.0") == "installed"
    shown = at_the_new_console(admin, "0.2.0")
    assert {row["tool"] for row in shown["versions"]} == {"0.2.0"}
    assert (shown["firmware"]["slot"], shown["firmware"]["minimum"]) == ("a", "0.2.0")
    assert trusting_station.child("core") == core  # It has replaced itself.
    if not effort(default=False, long=True):
        return
    user = client(trusting_station, "user")
    assert user.run("firmware", "install", stdin=package()).code == 4
    foreign = admin.run("firmware", "install", stdin=package(key=FOREIGN))
    assert (foreign.code, "not of a key that this station trusts" in foreign.errors) == (3, True)
    broken = software("0.3.0", {"console/self_check.py": "def check() -> int:\n    return 9\n"})
    assert admin.run("firmware", "install", stdin=broken).code == 0
    assert outcome(trusting_station, "0.3.0") == "returned its console does not start (code 9)"
    status = json.loads(trusting_station.evtty("status", "--json").stdout)
    assert status["station"]["version"] == "0.2.0"
    assert "New firmware left again" in [error["name"] for error in status["errors"]]
    older = admin.run("firmware", "verify", stdin=package("0.1.9"))
    assert (older.code, "this station takes 0.2.0 or newer" in older.errors) == (3, True)
