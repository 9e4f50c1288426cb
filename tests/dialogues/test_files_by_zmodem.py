"""Badges by ZMODEM through a real SSH client, and with minicom on a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialogues import zmodem_end
from tests.dialogues.client import Client
from tests.dialogues.line import SerialCable
from tests.dialogues.program import Program
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import Technician
from tests.dialogues.tmux import TmuxWindow
from tests.stations import PASSWORDS

STARTS_RECEIVER = b"rz\r**\x18B00"
STARTS_SENDER = b"**\x18B01"
ESCAPES_OF_SSH = b"Badge number,Identifier,Type,Comment\r~.\r\n~.\r\n"


def wait_for_bytes(terminal: Program, wanted: bytes) -> None:
    while wanted not in terminal.output:
        before = len(terminal.output)
        terminal.wait_a_little(20)
        assert len(terminal.output) > before, f"never came: {wanted!r}"


def fetch(terminal: Program, name: str, folder: Path) -> None:
    """Send a file by the terminal program's sz to the page of badges."""
    terminal.send("i")
    terminal.wait_for("Fetch a file", "badges import < FILE", "[ ZMODEM ]")
    terminal.output.clear()
    terminal.send("z")
    wait_for_bytes(terminal, STARTS_SENDER)
    assert zmodem_end.run("sz", name, terminal=terminal.master, folder=folder) == 0
    terminal.wait_for("Import badges", f"{name} has come", "3 Badges")


@pytest.mark.peer("ssh", "sz", "rz")
def test_badges_go_out_and_come_in_through_an_ssh_client(
    station: RunningStation, client: Callable[..., Client], tmp_path: Path
) -> None:
    assert station.evtty("badges", "add", "E1EB1C02", "--comment", "Müller").returncode == 0
    with client(station, "admin").terminal() as terminal:
        technician = Technician(terminal, station)
        terminal.wait_for("[General]", "Station type", "Esc Tabs")
        terminal.send("3")
        before = terminal.wait_for("E1EB1C02", "1 badge, by number", "o Sort  ? Help")
        terminal.send("x")
        terminal.wait_for("Send a file", "ZMODEM: your terminal program receives by itself")
        terminal.output.clear()
        terminal.send("z")
        wait_for_bytes(terminal, STARTS_RECEIVER)
        assert zmodem_end.run("rz", terminal=terminal.master, folder=tmp_path) == 0
        terminal.wait_for("badges.csv went out by ZMODEM", "3 Badges", "[>Close<]")
        terminal.send("\r")
        assert terminal.wait_until_gone("Send a file") == before
        assert (tmp_path / "badges.csv").read_bytes().count(b"E1EB1C02") == 1
        assert station.evtty("badges", "clear", "--yes").returncode == 0
        terminal.wait_for("No badge is registered")
        fetch(terminal, "badges.csv", tmp_path)
        terminal.send("r")
        terminal.wait_for("The seal is intact", "1 added, 0 changed")
        terminal.send("y")
        terminal.wait_for("1 badge, by number", "Müller")
        (tmp_path / "tilde.csv").write_bytes(ESCAPES_OF_SSH)
        fetch(terminal, "tilde.csv", tmp_path)
        terminal.send("m")
        terminal.wait_for("Nothing was imported", "Line 2")
        terminal.send("\r")
        terminal.wait_until_gone("Nothing was imported")
        technician.log_out()


@pytest.mark.peer("minicom", "tmux", "sz", "rz")
def test_minicom_receives_by_itself_and_sends_and_shows_the_whole_screen_again(tmp_path: Path) -> None:
    with (
        SerialCable(baud=115200) as cable,
        RunningStation(tmp_path / "station", "--serial", f"{cable.station_end}:115200") as station,
        TmuxWindow(
            [
                "env",
                f"--chdir={tmp_path}",
                f"HOME={tmp_path}",
                "minicom",
                "-o",
                "-b",
                "115200",
                "-D",
                cable.technician_end,
            ],
            socket=tmp_path / "tmux",
        ) as window,
    ):
        assert station.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        assert station.evtty("badges", "add", "E1EB1C02", "--comment", "Fleet van").returncode == 0
        window.wait_for("minicom")
        window.send("\r")
        technician = Technician(window, station)
        technician.log_in("admin", PASSWORDS["admin"])
        window.wait_for("[General]", "Station type", "Esc Tabs")
        window.send("3")
        before = window.wait_for("E1EB1C02", "Fleet van", "o Sort  ? Help")
        window.send("x")
        window.wait_for("Send a file", "[ ZMODEM ]")
        window.send("z")
        window.wait_for("Transfer complete")
        window.send(" ")
        window.wait_for("badges.csv went out by ZMODEM", "[>Close<]")
        window.send("\r")
        assert window.wait_until_gone("Send a file").splitlines()[1:] == before.splitlines()[1:]
        assert b"E1EB1C02" in (tmp_path / "badges.csv").read_bytes()
        assert station.evtty("badges", "clear", "--yes").returncode == 0
        window.wait_for("No badge is registered")
        window.send("i")
        window.wait_for("Fetch a file", "[ ZMODEM ]")
        window.send("z")
        window.wait_for("its own Cancel does.")
        window.send("\x01s")
        window.wait_for("Upload", "zmodem")
        window.send("\r")
        window.wait_for("Select", "badges.csv")
        window.send("\r")
        window.wait_for("enter filename")
        window.send("badges.csv\r")
        window.wait_for("Transfer complete")
        window.send(" ")
        window.wait_for("badges.csv has come", "3 Badges", "[>Cancel<]")
        window.send("r")
        window.wait_for("The seal is intact")
        window.send("y")
        window.wait_for("1 added, 0 changed", "Fleet van")
