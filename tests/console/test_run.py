"""`evtty run` and the commands beside it, as processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.dialogues.on_the_machine import answer_locally
from tests.dialogues.program import Program
from tests.dialogues.running import EVTTY, RunningStation

PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """One running station for all these tests."""
    with RunningStation(tmp_path_factory.mktemp("station")) as running:
        running.evtty("password", "admin", stdin="Hidden-Door-7\n")
        yield running


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("Hidden-Door-7\n")
    return path


def children(process: int) -> dict[str, int]:
    """The processes that `evtty run` started: `core` and `console`."""
    found: dict[str, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            words = path.with_name("cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if int(fields[1]) == process and len(words) > 2:
            found[words[2].decode()] = int(path.parent.name)
    return found


def until(met: Callable[[], bool], what: str) -> None:
    """Wait for something that other processes do."""
    deadline = time.monotonic() + PATIENCE_S
    while not met():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def test_commands_end_with_their_codes(station: RunningStation) -> None:
    assert station.program("status").returncode == 0
    assert station.program("bogus").returncode == 2
    assert station.program("settings", "set", "socket.1.derated_current=99").returncode == 3
    assert station.program("sim", "plug", "9").returncode == 6
    assert station.program("password", "admin", stdin="short\n").returncode == 3


def test_a_closed_pipe_ends_a_command_quietly(station: RunningStation) -> None:
    with subprocess.Popen(
        [str(EVTTY), "status", "--watch", "--data", str(station.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as watching:
        assert watching.stdout is not None
        assert watching.stderr is not None
        watching.stdout.readline()
        watching.stdout.close()
        assert watching.wait(PATIENCE_S) == 0
        assert watching.stderr.read() == b""


def test_a_second_station_on_the_same_folder_is_refused(station: RunningStation) -> None:
    second = station.program("run", "--no-ssh")
    assert second.returncode == 5
    assert "already runs" in second.stderr


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        refused = subprocess.run(
            [str(EVTTY), "run", "--data", str(tmp_path), "--ssh", address],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
    assert refused.returncode == 3
    assert f"Cannot listen on {address}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_unknown_profile_is_told_before_anything_starts(station: RunningStation, tmp_path: Path) -> None:
    refused = station.program("run", "--data", str(tmp_path), "--profile", "no-such-station")
    assert refused.returncode in (3, 6)
    assert "no-such-station" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.peer("ssh", "sshpass")
def test_the_openssh_client_runs_commands(station: RunningStation, password_file: Path) -> None:
    def ssh(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            station.ssh("admin", *words, password_file=password_file),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert ssh("status", "--json").stdout.startswith('{"schema": "evtty/status/1"')
    assert ssh("settings", "get", "no.such").returncode == 6
    assert ssh("cdr", "export").stdout.startswith("Charge number")
    without = ssh()
    assert (without.returncode, without.stdout, without.stderr.count("\n")) == (2, "", 1)


@pytest.mark.peer("ssh", "sshpass")
def test_the_openssh_client_shows_the_console(station: RunningStation, password_file: Path) -> None:
    with Program(["sshpass", "-f", str(password_file), *station.ssh("admin")]) as console:
        console.wait_for("Config", "admin, ssh 127.0.0.1")
        console.send("/about\r")
        console.wait_for("Apache-2.0", station.fingerprint)
        console.send("\r")
        console.resize(100, 30)
        console.send("\x1b")


@pytest.mark.peer("ssh-audit")
def test_ssh_audit_finds_no_failure(station: RunningStation) -> None:
    audit = subprocess.run(
        ["ssh-audit", "--level=fail", "-b", "-p", str(station.port), "127.0.0.1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "[fail]" not in audit.stdout
    assert audit.returncode in (0, 2), audit.stdout + audit.stderr


def test_the_console_in_this_terminal_gives_it_back_as_it_was(
    station: RunningStation, tmp_path: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    script = f"stty -g > {before}; {EVTTY} attach --data {station.folder}; stty -g > {after}; echo done"
    with Program(["sh", "-c", script]) as terminal:
        terminal.wait_for("User name")
        subprocess.run(["pkill", "-TERM", "-P", str(terminal.process.pid)], check=True)
        terminal.wait_for("done")
    assert before.read_text()
    assert before.read_text() == after.read_text()


def greets(port: int) -> bool:
    """Whether an SSH server answers there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
            return connection.recv(4) == b"SSH-"
    except ConnectionRefusedError:
        return False


def test_what_is_killed_is_started_again(tmp_path: Path) -> None:
    with RunningStation(tmp_path) as station:

        def is_another(name: str, before: int) -> bool:
            return children(station.process.pid).get(name, before) != before

        for name in ("console", "core"):
            before = children(station.process.pid)
            os.kill(before[name], signal.SIGKILL)
            until(partial(is_another, name, before[name]), f"{name} was not started again")
        until(lambda: station.evtty("status").returncode == 0, "the station did not come back")
        until(lambda: greets(station.port), "the console did not come back")


def test_only_leaving_the_attached_console_ends_the_station(tmp_path: Path) -> None:
    command = [str(EVTTY), "run", "--attach", "--data", str(tmp_path), "--ssh", "127.0.0.1:0"]
    with Program(command) as terminal:
        terminal.wait_for("ready ssh=127.0.0.1:", "Log in as admin", "ssh -p", "Enter opens")
        terminal.send("\r")
        terminal.wait_for("User name")
        terminal.send("admin\tADMIN\r")
        terminal.wait_for("New password again")
        terminal.send("Hidden-Door-7\tHidden-Door-7\r")
        terminal.wait_for("Config")
        listed = answer_locally(("sessions", "list", "--json"), tmp_path, "")
        (number,) = [
            each["id"] for each in json.loads(listed.stdout)["sessions"] if each["account"] == "admin"
        ]
        assert answer_locally(("sessions", "close", str(number)), tmp_path, "").returncode == 0
        terminal.wait_for("User name")
        terminal.send("admin\tHidden-Door-7\r")
        terminal.wait_for("Config")
        terminal.send("\x03")
        terminal.send("\x1b")
        terminal.wait_for("Log out?")
        terminal.send("y")
        assert terminal.wait_for_end() == 0
        assert "the station stops" in terminal.text()


def test_a_station_without_any_remote_way_in_becomes_ready_too(tmp_path: Path) -> None:
    with Program([str(EVTTY), "run", "--attach", "--no-ssh", "--data", str(tmp_path)]) as terminal:
        terminal.wait_for("ready data=", "Enter opens")
        terminal.send("\r")
        terminal.wait_for("User name")


def test_a_refused_start_is_told_in_the_terminal_of_the_attached_console(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [str(EVTTY), "run", "--attach", "--data", str(tmp_path), "--ssh", address]
        with Program(command) as terminal:
            assert terminal.wait_for_end() == 3
            assert "Cannot listen on" in terminal.text()
