"""Restart and reset while others are logged in: over the real SSH client and on a serial line at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialogues.client import Client
from tests.dialogues.line import SerialCable
from tests.dialogues.line_terminal import LineTerminal
from tests.dialogues.running import RunningStation
from tests.dialogues.screen import Screen
from tests.dialogues.technician import FIND, UID, Technician
from tests.stations import PASSWORDS, everything_in

pytestmark = pytest.mark.peer("ssh")


def find(screen: Screen, action: str) -> None:
    """Choose an action by its name."""
    screen.send(FIND)
    screen.wait_for("Find a setting")
    screen.send(action)
    screen.wait_for(f"▸ {action}")
    screen.send("\r")


def test_who_is_logged_in_is_told_of_a_restart_and_of_a_reset_and_how_it_went(
    tmp_path: Path, client: Callable[..., Client]
) -> None:
    folder = tmp_path / "station"
    with SerialCable() as cable, RunningStation(folder, "--serial", f"{cable.station_end}:115200") as station:
        for account, password in PASSWORDS.items():
            assert station.evtty("password", account, stdin=f"{password}\n").returncode == 0
        assert station.evtty("badges", "add", UID, "--comment", "Canary Comment").returncode == 0
        with LineTerminal(cable.technician_end) as line, client(station, "admin").terminal() as remote:
            line.send("\r")
            Technician(line, station).log_in("user", PASSWORDS["user"])
            line.wait_for("[General]", "Station type")
            remote.wait_for("[General]", "Station type")

            assert station.evtty("sim", "plug", "1").returncode == 0
            assert station.evtty("sim", "badge", UID, "--point", "1").returncode == 0
            find(line, "Restart the station")
            line.wait_for("A charge is open at plug 1.", "[>No<]", "When free", "Now")
            line.send("\t\r")
            line.wait_for("CS-01 restart waits", "Waits until no charge is open.")
            remote.wait_for("CS-01 restart waits")

            find(remote, "Erase personal data")
            remote.wait_for("A charge is open at plug 1.")
            remote.send("\t\r")
            remote.wait_for("Type ERASE")
            assert UID.encode() in everything_in(folder)
            remote.send("ERASE\r")
            line.wait_for("CS-01 erasing waits")
            assert station.evtty("sim", "unplug", "1").returncode == 0
            for screen in (line, remote):
                screen.wait_for("Badges and charge data records are erased.")
            found = everything_in(folder)
            assert [word for word in (UID, "Canary Comment") if word.encode() in found] == []

            assert station.evtty("factory-reset", "--yes").returncode == 0
            for screen in (line, remote):
                screen.wait_for("Factory settings restored. Log in again.")
            Technician(line, station).log_in("admin", "ADMIN")
            line.wait_for("Set a new password for admin")
