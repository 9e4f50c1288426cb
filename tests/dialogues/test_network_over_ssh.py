"""The address of a station changed over real SSH, in namespaces: kept by a new log-in, or back by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path

import pytest

from tests.core.network.namespaces import COMPUTER, STATION_PORT, Machines, two_machines
from tests.dialogues.client import Answer, Client
from tests.dialogues.running import EVTTY, RunningStation
from tests.dialogues.technician import CLEAR, SAVE, Technician
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh", "ip")

OLD, NEW = "192.168.0.102", "192.168.0.50"
PORT = 8022
WITHIN_S = 60.0


def profile_in(folder: Path) -> Path:
    """A station of two charge points whose addresses are real."""
    text = resources.files("core").joinpath("profiles", "parking-2.toml").read_text(encoding="utf-8")
    file = folder / "station.toml"
    file.write_text(f'{text}\n[network]\ndriver = "ip"\ninterface = "{STATION_PORT}"\n')
    return file


class NetworkedStation(RunningStation):
    """`evtty run` on the station's machine; its client is on the technician's computer and goes to `host`."""

    def __init__(self, folder: Path, machines: Machines) -> None:
        self.folder = folder / "data"
        self.machines = machines
        self.host = OLD
        self.port = PORT
        self.stderr = b""
        self.process = subprocess.Popen(
            [
                *machines.inside(machines.station),
                *(str(EVTTY), "run", "--data", str(self.folder), "--profile", str(profile_in(folder))),
                *("--ssh", f"0.0.0.0:{PORT}"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._ready_line()

    def ssh(self, account: str, *command: str, password_file: Path | None = None) -> Sequence[str]:
        program, *rest = super().ssh(account, *command, password_file=password_file)
        rest[rest.index(f"{account}@127.0.0.1")] = f"{account}@{self.host}"
        patience = ("-o", "ConnectTimeout=2", "-o", "ServerAliveInterval=1", "-o", "ServerAliveCountMax=2")
        return [*self.machines.inside(self.machines.computer), program, *patience, *rest]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkedStation]:
    folder = tmp_path_factory.mktemp("station")
    with two_machines() as machines, NetworkedStation(folder, machines) as running:
        for account, password in PASSWORDS.items():
            assert running.evtty("password", account, stdin=f"{password}\n").returncode == 0
        yield running


def once_reachable(admin: Client, host: str, *command: str) -> Answer:
    """The command at this address, as soon as the station answers there."""
    admin.station.host = host  # type: ignore[attr-defined]
    deadline = time.monotonic() + WITHIN_S
    while True:
        answer = admin.run(*command)
        if answer.code != 255:
            return answer
        assert time.monotonic() < deadline, f"nobody answers at {host}: {answer}"
        time.sleep(0.1)


def test_the_old_address_answers_by_itself_when_nobody_confirms(
    station: NetworkedStation, client: Callable[..., Client]
) -> None:
    admin = client(station, "admin")
    once_reachable(admin, OLD, "network", "set", f"ip_address={NEW}")
    refused = once_reachable(admin, NEW, "network", "set", "dns_other=192.168.0.9")
    assert (refused.code, "on trial" in refused.errors) == (5, True)
    os.kill(station.child("console"), signal.SIGKILL)
    assert station.evtty("sim", "speed", "200").returncode == 0
    shown = once_reachable(admin, OLD, "network", "show", "--json").json
    assert (shown["saved"]["network.ip_address"], shown["trial"]) == (OLD, None)
    assert station.machines.addresses() == [OLD, "192.168.0.103"]
    assert station.evtty("sim", "speed", "1").returncode == 0


def test_the_old_address_answers_again_when_the_core_is_killed_during_the_trial(
    station: NetworkedStation, client: Callable[..., Client]
) -> None:
    admin = client(station, "admin")
    once_reachable(admin, OLD, "network", "set", f"ip_address={NEW}")
    once_reachable(admin, NEW, "status")
    os.kill(station.child("core"), signal.SIGKILL)
    once_reachable(admin, OLD, "status")
    assert station.machines.addresses() == [OLD, "192.168.0.103"]


def test_an_address_changed_over_ssh_is_kept_by_whoever_logs_in_at_the_new_one(
    station: NetworkedStation, client: Callable[..., Client]
) -> None:
    admin = client(station, "admin")
    told = once_reachable(admin, OLD, "network", "set", f"ip_address={NEW}", f"default_gateway={COMPUTER}")
    assert told.code == 0, told.errors
    assert b"This session will be lost" in told.output
    confirmed = once_reachable(admin, NEW, "network", "confirm")
    assert confirmed.code == 0, confirmed.errors
    shown = admin.run("network", "show", "--json").json
    assert (shown["saved"]["network.ip_address"], shown["trial"]) == (NEW, None)
    assert station.machines.addresses() == [NEW, "192.168.0.51"]


def test_an_address_changed_on_the_screens_is_kept_by_a_key_at_the_new_one(
    station: NetworkedStation, client: Callable[..., Client]
) -> None:
    admin = client(station, "admin")
    assert once_reachable(admin, NEW, "network", "show").code == 0
    left = admin.terminal()
    try:
        left.wait_for("[1 Config]", "Station type")
        Technician(left, station).go_to_setting("IP address", f"[{NEW}")
        left.send(f"{CLEAR}{OLD}{SAVE}")
        left.wait_for(f"ON TRIAL: {OLD}, ", "Log in there.")
        left.wait_for(f"The address of the station changes to {OLD}, on trial.")
        assert left.wait_for_end() == 0
    finally:
        left.hang_up()
    once_reachable(admin, OLD, "status")
    back = admin.terminal()
    try:
        back.wait_for("Keep these network settings?", f"{NEW} -> {OLD}", "This session may confirm it.")
        back.send("\t\r")
        back.wait_for("The network settings are confirmed and saved.")
    finally:
        back.hang_up()
    shown = admin.run("network", "show", "--json").json
    assert (shown["saved"]["network.ip_address"], shown["trial"]) == (OLD, None)


def test_who_sits_at_the_address_on_trial_is_told_when_it_is_taken_back(
    station: NetworkedStation, client: Callable[..., Client]
) -> None:
    admin = client(station, "admin")
    once_reachable(admin, OLD, "network", "set", f"ip_address={NEW}")
    once_reachable(admin, NEW, "status")
    sitting = admin.terminal()
    try:
        sitting.wait_for("Keep these network settings?")
        sitting.send("\x1b")
        sitting.wait_for("[ Confirm ]", "[ Revert now ]", f"ON TRIAL: {NEW}")
        taken_back = admin.run("network", "revert")
        assert taken_back.code == 0, taken_back.errors
        sitting.wait_for(f"the station answers at {OLD} again.")
        assert sitting.wait_for_end() == 0
    finally:
        sitting.hang_up()
    assert once_reachable(admin, OLD, "status").code == 0
    assert station.machines.addresses() == [OLD, "192.168.0.103"]
