"""From the factory password to the record of a charge, with the real OpenSSH client at a terminal."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import CLEAR, SAVE, Technician

pytestmark = pytest.mark.peer("ssh")


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A station as delivered."""
    with RunningStation(tmp_path_factory.mktemp("fresh")) as running:
        yield running


def test_an_administrator_commissions_a_station(fresh: RunningStation, client: Callable[..., Client]) -> None:
    with client(fresh, "admin", "ADMIN").terminal() as screen:
        technician = Technician(screen, fresh)
        technician.set_first_password("admin")
        technician.change_and_restart()
        technician.watch_a_charge()
        technician.read_the_record()
        technician.log_out()
        assert screen.wait_for_end() == 0
    with client(fresh, "admin").terminal() as again:
        again.wait_for("[General]")
    assert "Permission denied" in client(fresh, "admin", "ADMIN").run("status").errors


def test_the_user_account_sees_its_tabs_and_saves_what_it_may(
    fresh: RunningStation, client: Callable[..., Client]
) -> None:
    with client(fresh, "user", "USER").terminal() as screen:
        technician = Technician(screen, fresh)
        screen.wait_for("Set a new password for user")
        screen.send("short\tshort\r")
        screen.wait_for("does not meet the rule", "[x] the same entry twice")
        screen.send(f"{CLEAR}\x1b[Z{CLEAR}")
        screen.wait_for("[ ] the same entry twice")
        technician.set_first_password("user")
        shown = screen.wait_for("user, ssh 127.0.0.1")
        tabs, sub_tabs = shown.splitlines()[1:3]
        assert tabs.split() == ["[1", "Config]", "3", "Badges", "4", "Records", "5", "Maintenance"]
        assert sub_tabs.split() == ["[General]", "Date", "and", "time"]
        station_type = next(line for line in shown.splitlines() if "Station type" in line)
        assert "Standalone" in station_type
        assert "( )" not in station_type
        technician.go_to_setting("leave cable", "Allow to leave cable")
        screen.send(" ")
        screen.wait_for("* Allow to leave cable", "[x]", "was: [ ]", "1 UNSAVED CHANGE")
        screen.send(SAVE)
        screen.wait_for("1 change saved.")
        assert fresh.evtty("settings", "get", "general.leave_cable_connected").stdout == "yes\n"
        assert fresh.evtty("settings", "get", "general.station_type").stdout == "standalone\n"


def test_a_break_from_the_client_ends_the_session(
    station: RunningStation, client: Callable[..., Client]
) -> None:
    with client(station, "admin").terminal() as screen:
        screen.wait_for("[General]")
        screen.send("\r~B")
        screen.wait_for_end()
    sessions = json.loads(station.evtty("sessions", "list", "--json").stdout)["sessions"]
    assert [session["account"] for session in sessions] == ["local"]


def test_a_terminal_that_is_closed_leaves_no_session(
    station: RunningStation, client: Callable[..., Client]
) -> None:
    with client(station, "admin").terminal() as screen:
        screen.wait_for("[General]")
    watching = client(station, "admin")
    with watching.terminal() as other:
        other.wait_for("[General]")
        sessions = json.loads(station.evtty("sessions", "list", "--json").stdout)["sessions"]
        assert sorted(session["account"] for session in sessions) == ["admin", "local"]


def test_the_shapes_of_terminals_that_technicians_have(
    station: RunningStation, client: Callable[..., Client]
) -> None:
    for term, columns, rows, mark in (
        ("xterm-256color", 120, 40, "\u2500"),
        ("linux", 80, 25, "\u2500"),
        ("vt100", 80, 24, "----"),
    ):
        with client(station, "user").terminal(columns=columns, rows=rows, term=term) as screen:
            shown = screen.wait_for("[General]", "Station type", "Esc Tabs")
            assert mark in shown
            assert "Esc Tabs" in shown.splitlines()[rows - 1]
            screen.resize(100, 30)
            os.killpg(screen.process.pid, signal.SIGWINCH)
            screen.wait_for("Esc Tabs")


def test_a_dumb_terminal_is_told_to_use_commands(
    station: RunningStation, client: Callable[..., Client]
) -> None:
    with client(station, "user").terminal(term="dumb") as screen:
        assert screen.wait_for_end() == 2
        assert "ssh ADDRESS help" in screen.text()
        assert b"\x1b" not in screen.output
