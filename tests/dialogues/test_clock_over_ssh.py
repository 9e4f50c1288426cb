"""Setting the clock and following a time server from a script: the real OpenSSH client, a real server."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import CLEAR, SAVE
from tests.peers.time_server import TimeServer
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh")
DAY = 86400.0
BACK = "\x1b[Z"


def profile_asking(port: int, folder: Path) -> Path:
    """The profile of every day, with a time server on this machine."""
    shipped = resources.files("core").joinpath("profiles", "parking-2.toml").read_text(encoding="utf-8")
    profile = folder / "station.toml"
    clock = f'[clock]\ndriver = "simulated"\nlink = "udp://127.0.0.1:{port}"\n'
    profile.write_text(f"{shipped}\n{clock}", encoding="utf-8")
    return profile


def test_a_script_sets_the_clock_by_hand_then_lets_it_follow_a_server(
    tmp_path: Path, client: Callable[..., Client]
) -> None:
    with TimeServer(ahead=DAY) as server:
        options = ("--profile", str(profile_asking(server.port, tmp_path)))
        with RunningStation(tmp_path / "data", *options) as station:
            password = f"{PASSWORDS['admin']}\n"
            assert station.evtty("password", "admin", stdin=password).returncode == 0
            admin = client(station, "admin")
            admin.stay_connected()
            try:
                assert admin.run("settings", "set", "time.zone=Europe/Paris").code == 0
                by_hand = admin.run("clock", "set", "2000-01-01 00:10", "--json")
                assert (by_hand.json["schema"], by_hand.json["changed"]) == ("evtty/clock/1", True)
                assert admin.run("clock", "show").output.startswith(b"2000-01-01 00:1")
                leapt = admin.run("clock", "set", "2026-03-29T02:30")
                assert leapt.code == 3
                assert "leap over it to 03:00" in leapt.errors
                tested = admin.run("clock", "test")
                assert tested.code == 0
                assert b"s behind" in tested.output
                assert admin.run("settings", "set", "time.mode=ntp_server").code == 0
                assert admin.run("clock", "sync").code == 0
                shown = admin.run("clock", "show", "--json").json
                assert (shown["state"], shown["stratum"]) == ("synchronised", 2)
                server.answers = False
                silent = admin.run("clock", "sync")
                assert silent.code == 75
                assert "no answer within 2 s" in silent.errors
                errors = admin.run("status", "--json").json["errors"]
                assert [error["number"] for error in errors] == [31]
                assert admin.run("clock", "set", "2026-03-02 12:00").code == 3
                server.answers = True
                assert admin.run("clock", "sync", "--json").json["changed"] is False
                assert admin.run("status", "--json").json["errors"] == []
            finally:
                admin.leave()


def test_a_technician_sets_the_clock_and_a_zone_at_the_screen(
    station: RunningStation, client: Callable[..., Client]
) -> None:
    with client(station, "admin").terminal() as screen:
        screen.wait_for("[General]")
        screen.send("/")
        screen.wait_for("Find:")
        screen.send("time zone\r")
        screen.wait_for("[Date and time]", "Enter Find")
        screen.send("\r")
        screen.wait_for("Find:", "UTC+00:00", "US/Samoa")
        screen.send("paris\r")
        screen.wait_for("1 UNSAVED CHANGE", "Europe/Paris")
        screen.send(SAVE)
        screen.wait_for("1 change saved.", "Europe/Paris (UTC+0", "Next clock change")
        screen.send(f"{BACK * 5}{CLEAR}2026-10-25\t{CLEAR}02:30\t\r")
        screen.wait_for("02:30 comes twice in Europe/Paris")
        screen.send(f"{BACK}{CLEAR}02:30+01:00\t\r")
        screen.wait_for("The clock is set: 2026-10-25 02:30:0")
    assert station.evtty("clock", "show").stdout.startswith("2026-10-25 02:3")
