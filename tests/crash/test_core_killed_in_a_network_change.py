"""The core is killed at every moment of a change of address: the station answers somewhere that is known."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from tests.core.network.namespaces import STATION_PORT, Machines, two_machines
from tests.crash.dying_network import MOMENTS
from tests.dialogues.running import EVTTY
from tests.effort import IS_LONG

pytestmark = [pytest.mark.peer("ip"), pytest.mark.slow]

OLD, NEW = ["192.168.0.102", "192.168.0.103"], ["192.168.0.50", "192.168.0.51"]
WITHIN_S = 30.0
TRIED = MOMENTS if IS_LONG else ("half",)
"""By default in the middle of applying; all of them, cheaper: tests/core/network/test_moments.py."""


@pytest.fixture
def machines() -> Iterator[Machines]:
    with two_machines() as machines:
        yield machines


class Core:
    """The core alone on the station's machine, dying at `moment` or not at all."""

    def __init__(self, folder: Path, machines: Machines, moment: str = "") -> None:
        self.machines = machines
        self.env = {**os.environ, "EVTTY_DATA": str(folder / "data")}
        text = resources.files("core").joinpath("profiles", "parking-2.toml").read_text(encoding="utf-8")
        profile = folder / "station.toml"
        profile.write_text(f'{text}\n[network]\ndriver = "ip"\ninterface = "{STATION_PORT}"\n')
        program = ["tests.crash.dying_network", moment, NEW[0]] if moment else ["core"]
        self.process = subprocess.Popen(
            [*machines.inside(machines.station), sys.executable, "-m", *program, "--profile", str(profile)],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def command(self, *words: str) -> int:
        done = subprocess.run(
            [str(EVTTY), *words], env=self.env, capture_output=True, check=False, timeout=60
        )
        return done.returncode

    def wait_for(self, addresses: list[str]) -> None:
        deadline = time.monotonic() + WITHIN_S
        while sorted(self.machines.addresses()) != sorted(addresses):
            assert time.monotonic() < deadline, self.machines.addresses()
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=10)


@pytest.mark.parametrize("moment", TRIED)
def test_a_station_whose_core_was_killed_answers_at_the_saved_address(
    moment: str, machines: Machines, tmp_path: Path
) -> None:
    dying = Core(tmp_path, machines, moment)
    try:
        dying.wait_for(OLD)
        while (
            code := dying.command("network", "set", f"ip_address={NEW[0]}")
        ) == 75 and dying.process.poll() is None:
            time.sleep(0.05)
        if moment in ("unsaved", "saved"):
            assert code == 0
            dying.wait_for(NEW)
            assert dying.command("network", "confirm") != 0
        assert dying.process.wait(timeout=20) == -9
    finally:
        dying.stop()
    again = Core(tmp_path, machines)
    try:
        again.wait_for(NEW if moment == "saved" else OLD)
        deadline = time.monotonic() + WITHIN_S
        while (tmp_path / "data" / "network-on-trial").exists():
            assert time.monotonic() < deadline, "the mark stays"
            time.sleep(0.05)
    finally:
        again.stop()
