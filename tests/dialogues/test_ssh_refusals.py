"""What the SSH server does not give to anybody, asked for by the real OpenSSH client."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.sftp import scp

pytestmark = pytest.mark.peer("ssh")


@pytest.fixture(scope="module")
def newcomer(station: RunningStation, client: Callable[..., Client]) -> Client:
    """The administrator, logging in anew for each request."""
    return client(station, "admin")


def test_a_port_of_the_station_s_network_is_not_reached_through_it(newcomer: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.setblocking(False)
        answer = newcomer.run(options=["-W", f"127.0.0.1:{inside.getsockname()[1]}"])
        assert answer.code == 255
        assert "forwarding failed" in answer.errors
        with pytest.raises(BlockingIOError):
            inside.accept()


def test_the_station_listens_on_no_port_for_a_client(newcomer: Client) -> None:
    options = ["-N", "-o", "ExitOnForwardFailure=yes"]
    for listen in ("0:127.0.0.1:1", "/tmp/evtty-forwarded:127.0.0.1:1"):
        answer = newcomer.run(options=[*options, "-R", listen])
        assert answer.code == 255
        assert "forwarding failed" in answer.errors


def test_x11_is_refused_and_the_command_answers_all_the_same(newcomer: Client) -> None:
    forwarded = newcomer.environment() | {"DISPLAY": "127.0.0.1:77"}
    program, *rest = newcomer.station.ssh("admin", "settings", "get", "time.mode")
    done = subprocess.run(
        [program, "-X", "-o", "LogLevel=INFO", *rest],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=forwarded,
    )
    assert "X11 forwarding request failed" in done.stderr
    assert (done.returncode, done.stdout) == (0, "manual\n")


@pytest.mark.peer("ssh", "ssh-agent")
def test_the_agent_of_a_client_is_never_asked(newcomer: Client) -> None:
    program, *rest = newcomer.station.ssh("admin", "settings", "get", "time.mode")
    done = subprocess.run(
        ["ssh-agent", program, "-A", "-o", "LogLevel=DEBUG1", *rest],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=newcomer.environment(),
    )
    assert "Requesting authentication agent forwarding" in done.stderr
    assert "auth-agent@openssh.com" not in done.stderr.replace("Requesting", "")
    assert (done.returncode, done.stdout) == (0, "manual\n")


def test_the_environment_of_a_client_is_ignored(newcomer: Client) -> None:
    answer = newcomer.run(
        "settings",
        "get",
        "time.mode",
        options=["-o", "SetEnv=EVTTY_DATA=/nowhere LANG=fr_FR.UTF-8 TZ=Asia/Tokyo"],
    )
    assert (answer.code, answer.output) == (0, b"manual\n")


def test_nothing_is_compressed(newcomer: Client) -> None:
    answer = newcomer.run("settings", "get", "time.mode", options=["-vv", "-C", "-o", "LogLevel=DEBUG2"])
    assert answer.code == 0
    assert "Enabling compression" not in answer.errors
    assert "compression: none" in answer.errors


def test_only_a_password_or_a_key_lets_in(newcomer: Client) -> None:
    for method in ("hostbased", "gssapi-with-mic", "keyboard-interactive"):
        answer = newcomer.run("status", options=["-o", f"PreferredAuthentications={method}"])
        assert answer.code == 255
        assert "Permission denied (publickey,password)" in answer.errors


@pytest.mark.peer("scp")
def test_no_file_of_the_machine_is_taken_or_given(newcomer: Client, tmp_path: Path) -> None:
    for old in (False, True):
        taken = scp(newcomer, "STATION:/etc/passwd", "taken", folder=tmp_path, old=old)
        assert taken.code != 0
        assert list(tmp_path.iterdir()) == []


def test_a_wrong_password_is_refused_and_noted_without_it(
    station: RunningStation, newcomer: Client, client: Callable[..., Client]
) -> None:
    guess = "Wrong-Guess-1"
    assert "Permission denied" in client(station, "user", guess).run("status").errors
    assert client(station, "user").run("status").code == 0
    logged = newcomer.run("log", "--json")
    refused = [entry for entry in logged.json["entries"] if entry["action"] == "log_in_refused"]
    assert [(entry["subject"], entry["origin"]) for entry in refused] == [("user", "ssh 127.0.0.1")]
    assert guess.encode() not in logged.output
