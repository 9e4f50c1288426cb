"""The console on a serial line: under minicom in tmux, on a slow line, after a pulled cable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.dialogues.line import SerialCable
from tests.dialogues.line_terminal import LineTerminal
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import UID, Technician
from tests.dialogues.tmux import TmuxWindow
from tests.stations import PASSWORDS


@pytest.fixture(scope="module")
def cable() -> Iterator[SerialCable]:
    with SerialCable() as laid:
        yield laid


@pytest.fixture(scope="module")
def line_station(tmp_path_factory: pytest.TempPathFactory, cable: SerialCable) -> Iterator[RunningStation]:
    """A station with one line and no SSH client in sight; its accounts have passwords."""
    folder = tmp_path_factory.mktemp("station")
    with RunningStation(folder, "--serial", f"{cable.station_end}:115200") as running:
        for account, password in PASSWORDS.items():
            assert running.evtty("password", account, stdin=f"{password}\n").returncode == 0
        yield running


@contextmanager
def logged_in(
    cable: SerialCable, station: RunningStation, *, rows: int = 24, utf8: bool = True, answers: bool = True
) -> Iterator[LineTerminal]:
    """Somebody logged in at the end of the line, who logs out at last."""
    with LineTerminal(cable.technician_end, rows=rows, utf8=utf8, answers=answers) as terminal:
        terminal.send("\r")
        technician = Technician(terminal, station)
        technician.log_in("admin", PASSWORDS["admin"])
        terminal.wait_for("[General]", "Station type", "Esc Tabs")
        try:
            yield terminal
        finally:
            technician.log_out()
            left = terminal.wait_for("press Enter")
            assert "Config" not in left
            assert "Log out?" not in left


@pytest.mark.peer("minicom", "tmux")
def test_an_administrator_commissions_a_station_under_minicom(tmp_path: Path) -> None:
    with (
        SerialCable() as cable,
        RunningStation(tmp_path / "station", "--serial", f"{cable.station_end}:115200") as fresh,
        TmuxWindow(
            ["env", f"HOME={tmp_path}", "minicom", "-o", "-b", "115200", "-D", cable.technician_end],
            socket=tmp_path / "tmux",
        ) as window,
    ):
        window.wait_for("minicom")
        window.send("\r")
        shown = window.wait_for("User name", "Log in", "Lost admin password", "^L Redraw")
        assert f"{cable.station_end.removeprefix('/dev/')} 115200 8N1" in shown
        technician = Technician(window, fresh)
        technician.log_in("admin", "ADMIN")
        technician.set_first_password("admin")
        shown = window.wait_for("admin, serial", "Esc Tabs")
        assert shown.splitlines()[1].startswith("[1 Config] 2 Energy")
        technician.change_and_restart()
        technician.watch_a_charge()
        technician.read_the_record()
        technician.log_out()
        assert UID not in window.wait_for("press Enter")
        window.send("\r")
        window.wait_for("User name", "Log in")


@pytest.mark.parametrize(("utf8", "rule"), [(True, "\u2500" * 80), (False, "-" * 80)], ids=["utf-8", "ascii"])
def test_what_the_terminal_can_show_is_found_out(
    cable: SerialCable, line_station: RunningStation, *, utf8: bool, rule: str
) -> None:
    with logged_in(cable, line_station, utf8=utf8) as terminal:
        assert terminal.lines()[3] == rule


def test_a_terminal_of_23_rows_shows_everything(cable: SerialCable, line_station: RunningStation) -> None:
    with logged_in(cable, line_station, rows=23) as terminal:
        assert "Esc Tabs" in terminal.lines()[22]
        assert "admin, serial" in terminal.lines()[0]


def test_a_terminal_that_answers_nothing_gets_80x24_in_ascii(
    cable: SerialCable, line_station: RunningStation
) -> None:
    with logged_in(cable, line_station, utf8=False, answers=False) as terminal:
        assert terminal.lines()[3] == "-" * 80
        assert "Esc Tabs" in terminal.lines()[23]


def test_nothing_that_terminal_programs_print_is_ever_sent(
    cable: SerialCable, line_station: RunningStation
) -> None:
    with logged_in(cable, line_station) as terminal:
        terminal.send("5")
        terminal.wait_for("Live, every 5 s")
        sent = bytes(terminal.output)
    for unwanted in (
        b"\x1b[?1000",
        b"\x1b[?1006",
        b"\x1b[?2004",
        b"\x1b[?2026",
        b"\x1b]",
        b"\x1b[>",
        b"38;5",
        b"38;2",
    ):
        assert unwanted not in sent


def test_a_line_of_9600_baud_greets_in_plain_ascii_and_carries_the_whole_log_in(tmp_path: Path) -> None:
    with (
        SerialCable(baud=9600) as slow,
        RunningStation(tmp_path / "station", "--serial", f"{slow.station_end}:9600") as station,
        LineTerminal(slow.technician_end, utf8=False) as terminal,
    ):
        assert station.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        terminal.send("x")
        terminal.wait_for("press Enter")
        greeting = bytes(terminal.output)
        assert greeting.isascii()
        assert b"\x1b" not in greeting
        assert all(len(line) < 80 for line in greeting.decode().splitlines())
        terminal.send("\r")
        technician = Technician(terminal, station)
        terminal.wait_for("User name", "9600 8N1")
        before = slow.to_technician
        technician.log_in("admin", PASSWORDS["admin"])
        terminal.wait_for("[General]", "Station type", "Esc Tabs")
        # The budget of the first screen, and the keys echoed at the log-in.
        assert slow.to_technician - before < 1600 + 200


def test_who_comes_after_a_pulled_cable_meets_a_log_in(tmp_path: Path) -> None:
    line = tmp_path / "line"
    with SerialCable() as first, SerialCable() as second:
        line.symlink_to(first.station_end)
        with RunningStation(tmp_path / "station", "--serial", f"{line}:115200") as station:
            assert station.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
            with LineTerminal(first.technician_end) as terminal:
                terminal.send("\r")
                Technician(terminal, station).log_in("admin", PASSWORDS["admin"])
                terminal.wait_for("[General]")
                line.unlink()
                line.symlink_to(second.station_end)
                first.pull()
                with LineTerminal(second.technician_end) as other:
                    other.wait_for("flow control off")
                    sessions = json.loads(station.evtty("sessions", "list", "--json").stdout)["sessions"]
                    assert [session["account"] for session in sessions] == ["local"]
                    other.send("\r")
                    shown = other.wait_for("User name", "Log in")
                    assert "Station type" not in shown
