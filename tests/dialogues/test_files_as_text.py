"""Files as marked text on a serial line: copied from the log of the terminal program, and pasted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.transfer.folders import NAME
from console.transfer.marked_text import to_lines
from tests.dialogues.line import SerialCable
from tests.dialogues.line_terminal import LineTerminal
from tests.dialogues.lists_as_text import export, paste, take
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import Technician
from tests.stations import PASSWORDS

CTRL_C = "\x03"


@pytest.fixture(scope="module")
def cable() -> Iterator[SerialCable]:
    with SerialCable() as laid:
        yield laid


@pytest.fixture(scope="module")
def line_station(tmp_path_factory: pytest.TempPathFactory, cable: SerialCable) -> Iterator[RunningStation]:
    """A station of a line of 115200 baud, with one badge; a console before it was killed."""
    folder = tmp_path_factory.mktemp("station")
    left = folder / NAME / "of a killed console"
    left.mkdir(parents=True)
    (left / "half.csv").write_text("secret")
    with RunningStation(folder, "--serial", f"{cable.station_end}:115200") as running:
        assert running.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        assert not left.exists()
        yield running


@pytest.fixture
def terminal(cable: SerialCable, line_station: RunningStation) -> Iterator[LineTerminal]:
    """The administrator at the tab Badges, with one badge in the list."""
    line_station.evtty("badges", "clear", "--yes")
    assert line_station.evtty("badges", "add", "E1EB1C02", "--comment", "Müller").returncode == 0
    with LineTerminal(cable.technician_end) as opened:
        opened.send("\r")
        technician = Technician(opened, line_station)
        technician.log_in("admin", PASSWORDS["admin"])
        opened.wait_for("[General]", "Station type", "Esc Tabs")
        opened.send("3")
        opened.wait_for("E1EB1C02", "[ Export ]", "[ Import ]")
        yield opened
        technician.log_out()
        opened.wait_for("press Enter")


def test_a_list_of_badges_is_copied_out_and_pasted_back(
    terminal: LineTerminal, line_station: RunningStation
) -> None:
    before = terminal.wait_for("Müller", "1 badge, by number")
    content = export(terminal)
    assert content.decode().replace("\r\n", "\n") == line_station.evtty("badges", "export").stdout
    assert terminal.wait_for("Müller", "1 badge, by number") == before
    assert line_station.evtty("badges", "clear", "--yes").returncode == 0
    terminal.wait_for("No badge is registered")
    paste(terminal, ["typed before", *to_lines("badges.csv", content)])
    terminal.wait_for("Import badges", "badges.csv has come", "[>Cancel<]")
    terminal.send("r")
    terminal.wait_for("The seal is intact", "E1EB1C02 User Müller", "[>No<]")
    terminal.send("y")
    terminal.wait_for("1 added, 0 changed", "1 badge, by number", "Müller")
    assert "E1EB1C02" in line_station.evtty("badges", "list").stdout


def test_a_text_that_was_changed_is_refused_in_words_and_can_be_given_up(terminal: LineTerminal) -> None:
    lines = [line.replace("Fleet", "fleet") for line in to_lines("badges.csv", b"1,E1EB1C02,User,Fleet\r\n")]
    paste(terminal, lines)
    terminal.wait_for("The checksum does not fit", "Fetch a file")
    terminal.send("t")
    terminal.wait_for("Paste the text now")
    terminal.send(CTRL_C)
    terminal.wait_for("Cancelled: nothing was taken over.", "Fetch a file")
    terminal.send(CTRL_C)
    terminal.wait_until_gone("Fetch a file")


def test_an_edited_list_is_imported_only_after_a_typed_word(terminal: LineTerminal) -> None:
    file = export(terminal).replace("Müller".encode(), b"Meier")
    paste(terminal, list(to_lines("badges.csv", file)))
    terminal.wait_for("badges.csv has come")
    terminal.send("m")
    terminal.wait_for("its seal does not fit", "E1EB1C02 User Meier", "E1EB1C02 User Müller")
    terminal.send("y")
    terminal.wait_for("Import an edited list?", "Type EDITED")
    terminal.send("EDITED\r")
    terminal.wait_for("0 added, 1 changed", "Meier")


def test_the_records_that_are_shown_go_out_as_a_file(
    terminal: LineTerminal, line_station: RunningStation
) -> None:
    for uid in ("E1EB1C02", "3F420F"):
        for command in ("plug 1", f"badge {uid} --point 1", "unplug 1"):
            line_station.evtty("sim", *command.split())
    line_station.evtty("badges", "add", "3F420F")
    terminal.send("4")
    terminal.wait_for("newest first", "f Filter")
    before = line_station.evtty("cdr", "export", "--badge", "E1EB1C02").stdout
    terminal.send("sE1EB\r")
    terminal.wait_for("records found")
    assert take(terminal, "records.csv", "cdr export --find E1EB").decode().replace("\r\n", "\n") == before
    terminal.send("3")
