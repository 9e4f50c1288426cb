"""Badges over a serial line: learned at a reader on a line of its own, edited, copied to a second station."""

from __future__ import annotations

import os
import pty
import select
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Self

from console.transfer.marked_text import to_lines
from tests.dialogues.line import SerialCable
from tests.dialogues.line_terminal import LineTerminal
from tests.dialogues.lists_as_text import export, paste
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import Technician
from tests.stations import PASSWORDS

UIDS = ("E1EB1C02", "04A1B2C3D4E5F6", "3F420F")
COMMENT = "Ça\u011fr\u0131, Tür 3"
BEEP = b"\x07"
HOME, DOWN, BACK = "\x1b[H", "\x1b[B", "\x1b[Z"


class LineReader:
    """A badge reader that sends lines, at the far end of the line `device`."""

    def __init__(self) -> None:
        self._fd, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.device = os.ttyname(self._slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)
        os.close(self._slave)

    def hold_badge(self, uid: str) -> None:
        os.write(self._fd, uid.encode("ascii") + b"\r\n")

    def beeps(self) -> int:
        """How often it was made to beep since it was last asked; waits for the first one."""
        ready, _, _ = select.select([self._fd], [], [], 10.0)
        return os.read(self._fd, 4096).count(BEEP) if ready else 0


@contextmanager
def at_the_badges(folder: Path, *options: str) -> Iterator[tuple[LineTerminal, RunningStation]]:
    """The administrator at the tab Badges of a fresh station, over its serial line."""
    with (
        SerialCable() as cable,
        RunningStation(folder, "--serial", f"{cable.station_end}:115200", *options) as station,
        LineTerminal(cable.technician_end) as terminal,
    ):
        assert station.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        terminal.send("\r")
        Technician(terminal, station).log_in("admin", PASSWORDS["admin"])
        terminal.wait_for("[General]", "Station type", "Esc Tabs")
        terminal.send("3")
        terminal.wait_for("No badge is registered", "[ Learn ]")
        yield terminal, station


def learn(terminal: LineTerminal, reader: LineReader) -> None:
    terminal.send("l")
    terminal.wait_for("Learn badges", "[>Cancel<]")
    terminal.send("a")
    terminal.wait_for("LEARNING: ADD", "Stops in", "[ Stop ]")
    for place, uid in enumerate(UIDS, 1):
        reader.hold_badge(uid)
        terminal.wait_for(f"Added {place}, already known 0, last {uid} added")
        assert reader.beeps() == 1
    terminal.send("l")
    terminal.wait_for("Learning was stopped. Added 3, already known 0.", "3 badges, by number")


def edit_the_first(terminal: LineTerminal) -> None:
    terminal.send(HOME + "e")
    terminal.wait_for("[ Save ]", "Esc Cancel")
    terminal.send(f"{COMMENT}{BACK} \r")
    terminal.wait_for(f"Badge {UIDS[0]} is saved.", COMMENT, "VIP")


def remove_the_second(terminal: LineTerminal) -> None:
    terminal.send(DOWN + "r")
    terminal.wait_for("Remove 1 badge?", UIDS[1], "[>No<]")
    terminal.send("y")
    terminal.wait_for("1 badge removed.", "2 badges, by number")


def listed(terminal: LineTerminal) -> list[str]:
    """The lines of the badges, without cursor and tag."""
    return [line[1:60] for line in terminal.lines() if line[1:4] in {"[ ]", "[x]"}]


def test_badges_are_learned_edited_removed_and_copied_to_a_second_station(tmp_path: Path) -> None:
    shipped = resources.files("core").joinpath("profiles", "parking-2.toml")
    profile = tmp_path / "with-reader.toml"
    with LineReader() as reader:
        table = f'\n[reader]\ndriver = "ascii_line"\nlink = "serial://{reader.device}?baud=9600&beep=07"\n'
        profile.write_text(shipped.read_text(encoding="utf-8") + table)
        with at_the_badges(tmp_path / "first", "--profile", str(profile)) as (terminal, station):
            learn(terminal, reader)
            edit_the_first(terminal)
            remove_the_second(terminal)
            shown = listed(terminal)
            assert [line.split()[2:4] for line in shown] == [["1", UIDS[0]], ["3", UIDS[2]]]
            file = export(terminal)
            exported = station.evtty("badges", "export").stdout
    with at_the_badges(tmp_path / "second") as (terminal, station):
        assert station.evtty("badges", "add", "AABBCC").returncode == 0
        terminal.wait_for("1 badge, by number")
        paste(terminal, list(to_lines("badges.csv", file)))
        terminal.wait_for("badges.csv has come", "[>Cancel<]")
        terminal.send("r")
        terminal.wait_for("The seal is intact", "- 1 AABBCC User", "[>No<]")
        terminal.send("y")
        terminal.wait_for("2 added, 0 changed, 1 removed", "2 badges, by number", COMMENT)
        assert listed(terminal) == shown
        assert station.evtty("badges", "export").stdout == exported
