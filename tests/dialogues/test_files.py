"""Files through the terminal: as marked text, and by ZMODEM with a real SSH client and minicom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.transfer.folders import NAME
from console.transfer.marked_text import to_lines
from tests.dialogues import zmodem_end
from tests.dialogues.client import Client
from tests.dialogues.line import SerialCable
from tests.dialogues.line_terminal import LineTerminal
from tests.dialogues.lists_as_text import export, paste, take
from tests.dialogues.program import Program
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import Technician
from tests.dialogues.tmux import TmuxWindow
from tests.stations import PASSWORDS

UP = "\x1b[A"
CTRL_C = "\x03"
STARTS_RECEIVER = b"rz\r**\x18B00"
STARTS_SENDER = b"**\x18B01"
ESCAPES_OF_SSH = b"Badge number,Identifier,Type,Comment\r~.\r\n~.\r\n"


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


def one_badge(station: RunningStation) -> None:
    """Leave one badge in the list."""
    station.evtty("badges", "clear", "--yes")
    assert station.evtty("badges", "add", "E1EB1C02", "--comment", "Müller").returncode == 0


@pytest.fixture
def terminal(cable: SerialCable, line_station: RunningStation) -> Iterator[LineTerminal]:
    """The administrator at the tab Badges, with one badge in the list."""
    one_badge(line_station)
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


def wait_for_bytes(terminal: Program | LineTerminal, wanted: bytes) -> None:
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
    line_station: RunningStation, client: Callable[..., Client], tmp_path: Path
) -> None:
    station = line_station
    one_badge(station)
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


@pytest.mark.peer("sz", "rz")
def test_the_settings_go_out_and_come_in_by_zmodem_at_a_line(
    terminal: LineTerminal, line_station: RunningStation, tmp_path: Path
) -> None:
    assert line_station.evtty("settings", "set", "time.zone=Europe/Paris").returncode == 0
    terminal.send("1")
    terminal.wait_for("[General]", "[ Import ] [ Export ]", "Esc Tabs")
    terminal.send(f"{UP}\r")
    terminal.wait_for("Send a file", "station.cfg", "[ ZMODEM ]")
    terminal.output.clear()
    terminal.send("z")
    wait_for_bytes(terminal, STARTS_RECEIVER)
    assert zmodem_end.run("rz", terminal=terminal.descriptor, folder=tmp_path) == 0
    terminal.wait_for("station.cfg went out by ZMODEM", "[>Close<]")
    terminal.send("\r")
    assert (tmp_path / "station.cfg").read_text() == line_station.evtty("config", "export").stdout
    assert line_station.evtty("settings", "set", "time.zone=UTC").returncode == 0
    terminal.wait_for("[>Export<]")
    terminal.send(f"{UP}\r")
    terminal.wait_for("Fetch a file", "A configuration (.cfg)", "[ ZMODEM ]")
    terminal.output.clear()
    terminal.send("z")
    wait_for_bytes(terminal, STARTS_SENDER)
    assert zmodem_end.run("sz", "station.cfg", terminal=terminal.descriptor, folder=tmp_path) == 0
    terminal.wait_for("Import this configuration?", "1 setting changes", "-> Europe/Paris", "[>Cancel<]")
    terminal.send("y")
    terminal.wait_for("1 setting imported.")
    assert line_station.evtty("settings", "get", "time.zone").stdout == "Europe/Paris\n"


@pytest.mark.peer("rz")
def test_the_maintenance_report_goes_out_by_zmodem_at_a_line(terminal: LineTerminal, tmp_path: Path) -> None:
    terminal.send("5")
    terminal.wait_for("[Status]", "CPW state")
    terminal.send("]")
    terminal.wait_for("without badges", "MAINTENANCE REPORT", "[ Export ]")
    terminal.send("x")
    terminal.wait_for("Send a file", "report.html", "[ ZMODEM ]")
    terminal.output.clear()
    terminal.send("z")
    wait_for_bytes(terminal, STARTS_RECEIVER)
    assert zmodem_end.run("rz", terminal=terminal.descriptor, folder=tmp_path) == 0
    terminal.wait_for("report.html went out by ZMODEM", "[>Close<]")
    terminal.send("\r")
    page = (tmp_path / "report.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")
    assert "E1EB1C02" not in page


@pytest.mark.peer("minicom", "tmux", "sz", "rz")
def test_minicom_receives_by_itself_and_sends_and_shows_the_whole_screen_again(
    cable: SerialCable, line_station: RunningStation, tmp_path: Path
) -> None:
    station = line_station
    one_badge(station)
    minicom = ["env", f"--chdir={tmp_path}", f"HOME={tmp_path}", "minicom", "-o", "-b", "115200"]
    with TmuxWindow([*minicom, "-D", cable.technician_end], socket=tmp_path / "tmux") as window:
        window.wait_for("minicom")
        window.send("\r")
        technician = Technician(window, station)
        technician.log_in("admin", PASSWORDS["admin"])
        window.wait_for("[General]", "Station type", "Esc Tabs")
        window.send("3")
        before = window.wait_for("E1EB1C02", "1 badge, by number", "o Sort  ? Help")
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
        window.wait_for("1 added, 0 changed", "1 badge, by number")
        technician.log_out()
        window.wait_for("press Enter")
