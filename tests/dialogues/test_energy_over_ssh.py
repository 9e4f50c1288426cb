"""Energy management at a terminal, with the real OpenSSH client: typing a set point, finding a meter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import CLEAR, SAVE, Technician

pytestmark = pytest.mark.peer("ssh")

BACK = "\x1b[Z"


def test_a_set_point_says_what_it_comes_to_while_it_is_typed(
    station: RunningStation, client: Callable[..., Client]
) -> None:
    with client(station, "admin").terminal(term="vt100") as screen:
        screen.wait_for("[General]")
        technician = Technician(screen, station)
        technician.go_to_setting("Derated", "= 32 A 1-phase, 32 A 3-phase")
        screen.send(f"{CLEAR}7")
        screen.wait_for("= 0 A: balancing needs 8 A 1-phase, 14 A 3-phase", "1 UNSAVED CHANGE")
        screen.send(f"{CLEAR}13")
        screen.wait_for("= 13 A 1-phase, 0 A 3-phase: balancing needs 14 A")
        assert station.evtty("settings", "get", "socket.1.derated_current").stdout == "32\n"
        screen.send(f"{CLEAR}16{SAVE}")
        screen.wait_for("1 change saved.", "= 16 A 1-phase, 16 A 3-phase")
        screen.wait_for("up to 16 A, set by the derated current")


def test_a_meter_is_found_filled_in_and_saved(station: RunningStation, client: Callable[..., Client]) -> None:
    with client(station, "admin").terminal(term="vt100") as screen:
        screen.wait_for("[General]")
        technician = Technician(screen, station)
        technician.go_to_setting("Energy metering", "Internal CT: 0.000 kWh")
        screen.send(BACK)
        screen.wait_for(">  Phase-neutral voltage")
        screen.send(BACK)
        screen.wait_for("[>Find meter<]")
        screen.send("\r")
        screen.wait_for("Modbus addresses [1-32", "[>Look for it<]")
        screen.send("\r")
        screen.wait_for("places asked, 1 meter found", "address 30")
        screen.send("\r")
        screen.wait_for("Filled in: address 30.", "not asked before it is saved")
        assert station.evtty("settings", "get", "meter.1.metering").stdout == "internal_ct\n"
        screen.send(SAVE)
        screen.wait_for("1 change saved.")
        screen.wait_for("] 1..255  answers")
        assert station.evtty("settings", "get", "meter.1.metering").stdout == "iem_3x5x\n"
