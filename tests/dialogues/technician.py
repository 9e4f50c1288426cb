"""What a technician does at the console, the same at every kind of terminal."""

from __future__ import annotations

import re

from tests.dialogues.running import RunningStation
from tests.dialogues.screen import Screen

NEW = {"admin": "Hidden-Door-7", "user": "Open-Window-3"}
UID = "E1EB1C02"

ESC = "\x1b"
FIND = ESC + "3"
CLEAR = "\x15"
SAVE = "\x0f"
REFRESH = "\x12"
BACK = "\x10"


class Technician:
    """Somebody at `screen` who commissions `station`."""

    def __init__(self, screen: Screen, station: RunningStation) -> None:
        self.screen = screen
        self.station = station

    def go_to_tabs(self) -> None:
        """From a page up to the tabs, where their focus shows. A lone Esc acts after a moment."""
        tab = re.search(r"\[\d \w+\*?\]", self.screen.text())
        if tab is not None:
            self.screen.send(ESC)
            self.screen.wait_until_gone(tab[0])

    def log_in(self, account: str, password: str) -> None:
        """At the log-in screen of a line, faster than it draws."""
        self.screen.wait_for("User name", "Password", "Log in")
        self.screen.send(f"{account}\r{password}\r")

    def set_first_password(self, account: str) -> None:
        """Replace the factory password, which leads to the first tab."""
        self.screen.wait_for(f"Set a new password for {account}", "[ ] a digit")
        self.screen.send(NEW[account])
        self.screen.wait_for("[x] a digit", "[x] a special character")
        self.screen.send(f"\t{NEW[account]}\r")
        self.screen.wait_for("[1 Config]", "[General]", "Station type")

    def go_to_setting(self, label: str, shown: str) -> None:
        """Find a setting by its name and wait for its field."""
        self.screen.send(FIND)
        self.screen.wait_for("Find a setting")
        self.screen.send(label)
        self.screen.wait_for(label)
        self.screen.send("\r")
        self.screen.wait_until_gone("Find a setting")
        self.screen.wait_for(shown)

    def change_and_restart(self) -> None:
        """Derate the first socket-outlet and enter a hardware address; save both and restart."""
        self.go_to_setting("Derated", "Derated charging current  [32")
        self.screen.send(f"{CLEAR}16")
        self.screen.wait_for("[16", "was: 32 A", "1 UNSAVED CHANGE", "2 Energy*", "Socket-outlets*")
        self.go_to_setting("MAC addr", "MAC address")
        self.screen.send(f"{CLEAR}02:00:5E:10:00:01")
        self.screen.wait_for("2 UNSAVED, restart", "1 Config*", "2 Energy*")
        assert self.station.evtty("settings", "get", "socket.1.derated_current").stdout == "32\n"
        self.go_to_tabs()
        self.screen.send(BACK)
        self.screen.wait_for("[>Discard<]")
        self.screen.send(BACK)
        self.screen.wait_for("[>Save and restart<]")
        self.screen.send("\r")
        self.screen.wait_for("Restart the station?", "[>No<]")
        self.screen.send("y")
        self.screen.wait_for("The station is back after", "[1 Config]", "02:00:5E:10:00:01")
        assert self.station.evtty("settings", "get", "socket.1.derated_current").stdout == "16\n"

    def watch_a_charge(self, *, amperes: int = 16) -> None:
        """Look at Live status while a car is plugged in and a badge is shown."""
        self.screen.send("5")
        self.screen.wait_for("[5 Maintenance]", "[Status]", "A_Not_Present_12V", "No error")
        assert self.station.evtty("sim", "plug", "1").returncode == 0
        self.screen.send(REFRESH)
        self.screen.wait_for("B_Present_9V", "EV_Connected_StateB")
        assert self.station.evtty("sim", "badge", UID, "--point", "1").returncode == 0
        self.screen.wait_for("C_Ready_6V_M12V", "Charging_StateC_Plus", f"Offered current    {amperes} A")

    def read_the_record(self) -> None:
        """Unplug the car and look at its record, and at the details of it."""
        assert self.station.evtty("sim", "unplug", "1").returncode == 0
        self.screen.send("4")
        self.screen.wait_for("[4 Records]", "[Records]", UID)
        self.screen.send("\r")
        self.screen.wait_for("Charge number", "AC_THREE_PHASE", "TYPE2", UID, "vehicle unplugged")
        self.screen.send("\r")
        self.screen.wait_until_gone("Charge number")

    def log_out(self) -> None:
        """Leave by Esc: to the tabs, then out, confirmed."""
        self.go_to_tabs()
        self.screen.send(ESC)
        self.screen.wait_for("Log out?", "[>No<]")
        self.screen.send("y")
