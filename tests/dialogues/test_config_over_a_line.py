"""The configuration over a serial line: taken from the log of the terminal, pasted again after a change."""

from __future__ import annotations

from pathlib import Path

from console.transfer.marked_text import to_lines
from tests.dialogues.line import SerialCable
from tests.dialogues.line_terminal import LineTerminal
from tests.dialogues.lists_as_text import paste, take
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import Technician
from tests.stations import PASSWORDS

UP = "\x1b[A"
WHAT = "A configuration (.cfg), at most 262,144 bytes"
CHANGES = ("time.zone=Europe/Paris", "socket.1.derated_current=16", "publication.smtp.username=a # b")


def test_a_configuration_is_taken_changed_and_put_back(tmp_path: Path) -> None:
    with (
        SerialCable() as cable,
        RunningStation(tmp_path / "station", "--serial", f"{cable.station_end}:115200") as station,
        LineTerminal(cable.technician_end) as terminal,
    ):
        assert station.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        assert station.evtty("settings", "set", *CHANGES).returncode == 0
        listed = station.evtty("settings", "list").stdout
        terminal.send("\r")
        Technician(terminal, station).log_in("admin", PASSWORDS["admin"])
        terminal.wait_for("[General]", "Station type", "[ Import ] [ Export ]", "Esc Tabs")
        file = take(terminal, "station.cfg", "config export", keys=f"{UP}\r")
        assert file.decode() == station.evtty("config", "export").stdout
        changed = station.evtty("settings", "set", "time.zone=UTC", "publication.smtp.username=")
        assert changed.returncode == 0
        damaged = file.replace(b"derated_current = 16", b"derated_current = 64")
        terminal.wait_for("[>Export<]")
        paste(terminal, list(to_lines("station.cfg", damaged)), what=WHAT, keys=f"{UP}\r")
        terminal.wait_for("Nothing was imported", ", socket.1.derated_current", "[>Close<]")
        terminal.send("\r")
        terminal.wait_for("[>Import<]")
        paste(terminal, list(to_lines("station.cfg", file)), what=WHAT, keys="\r")
        terminal.wait_for("Import this configuration?", "2 settings change", "-> Europe/Paris", "[>Cancel<]")
        terminal.send("y")
        terminal.wait_for("2 settings imported.")
        assert station.evtty("settings", "list").stdout == listed
