"""An OpenEVSE board on its serial port, with vehicle, faults, heartbeat and a memory that wears."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.core.readers.models.line_end import LineEnd

STATES = {"A": 1, "B": 2, "C": 3, "D": 4, "sleeping": 254, "disabled": 255}
FAULTS = {
    "diode": 5,
    "gfci": 6,
    "no_ground": 7,
    "stuck_relay": 8,
    "gfci_self_test": 9,
    "over_temperature": 10,
    "over_current": 11,
}
RECEIVE_BUFFER = 32
FIRMWARE = "8.2.1"


class OpenEvseModel:
    """The board.

    `vehicle`: None, or its state `B` (waits), `C` (draws) or `D` (asks for ventilation) while it is offered
    current; `demand` mA. `eeprom_writes`: every write that wears the memory. `commands`: what it was told.
    `chatter`: what it says by itself before each answer. `damaged`: so many next answers have a wrong
    checksum; `mute`: it takes everything in and says nothing; `deaf`: it confirms orders and ignores them.
    """

    def __init__(self, line: LineEnd, *, now: Callable[[], float]) -> None:
        self.line = line
        line.on_received = self._received
        self._now = now
        self.vehicle: str | None = None
        self.demand = 16_000
        self.has_ammeter = True
        self.has_heartbeat = True
        self.has_boot_lock = True
        self.boot_lock_disabled = True
        self.configured = 32
        self.hardware_limit = 48
        self.heartbeat = [0, 0]
        self.wh_total = 123_456
        self.session_ws = 36_000
        self.commands: list[str] = []
        self.not_understood: list[bytes] = []
        self.overruns = 0
        self.eeprom_writes: list[str] = []
        self.mute = False
        self.deaf = False
        self.damaged = 0
        self.has_damaged = asyncio.Event()
        self.chatter = b""
        self.start()

    def start(self) -> None:
        """Power up: everything volatile is lost."""
        self.fault: str | None = None
        self.rest: str | None = None
        self.relay_welded = False
        self.capacity = self.configured
        self.is_locked = self.has_boot_lock and not self.boot_lock_disabled
        self.missed_beat = 0
        self._last_beat = self._now()
        self._held = b""
        self._shown = self.state

    def restart(self) -> None:
        """Lose the supply for a moment; the board says that it has started."""
        self.start()
        self._say_by_itself(f"AB 00 {FIRMWARE}")
        self._say_state()

    def speak_again(self) -> None:
        """End a silence; what came meanwhile is gone."""
        self.line.drop_received()
        self._held = b""
        self.mute = False

    def plug(self, vehicle: str = "C") -> None:
        self.vehicle = vehicle
        self._moved()

    def unplug(self) -> None:
        self.vehicle = None
        if self.fault in {"diode", "gfci", "over_current"}:
            self.fault = None
        self._moved()

    def fail(self, fault: str | None) -> None:
        """Have a fault of `FAULTS`, or none any more."""
        self.fault = fault
        self._moved()

    @property
    def state(self) -> int:
        if self.fault is not None:
            return FAULTS[self.fault]
        if self.is_locked and self.rest is None and self.vehicle is not None:
            return STATES["B"]
        return STATES[self.rest or self.vehicle or "A"]

    @property
    def relay_closed(self) -> bool:
        return self.relay_welded or self.state == STATES["C"]

    @property
    def offered(self) -> int:
        """What the pilot says, A; 0 where it is steady."""
        return self.capacity if self.state in (2, 3, 4) and not self.is_locked else 0

    @property
    def milliamperes(self) -> int:
        return min(self.demand, self.capacity * 1000) if self.relay_closed and self.vehicle else 0

    def _moved(self) -> None:
        if self.state != self._shown:
            self._shown = self.state
            self._say_state()

    def _say_state(self) -> None:
        self._say_by_itself(f"AT {self.state:02x} {self._pilot:02x} {self.capacity} {self._flags:04x}")

    @property
    def _pilot(self) -> int:
        return STATES[self.vehicle or "A"]

    @property
    def _flags(self) -> int:
        return (
            (0x40 if self.relay_closed else 0)
            | (0x100 if self.vehicle and self.rest != "disabled" else 0)
            | (0x4000 if self.is_locked else 0)
        )

    # ------------------------------------------------------------ the line

    def _received(self, received: bytes) -> None:
        for byte in received:
            if byte == 0x24:
                self._held = b"$"
            elif self._held:
                if len(self._held) >= RECEIVE_BUFFER:
                    self.overruns += 1
                    self._held = b""
                elif byte == 0x0D:
                    whole, self._held = self._held, b""
                    self._line(whole)
                else:
                    self._held += bytes([byte])

    def _line(self, whole: bytes) -> None:
        body, caret, given = whole.partition(b"^")
        total = 0
        for byte in body:
            total ^= byte
        if not caret or given != b"%02X" % total:
            self.not_understood.append(whole)
            self._answer(False, "")
            return
        words = body[1:].decode("ascii").split(" ")
        self.commands.append(" ".join(words))
        self._expire()
        done, values = self._do(words[0], words[1:])
        self._answer(done, values)
        self._moved()

    def _do(self, name: str, given: list[str]) -> tuple[bool, str]:
        reads: dict[str, Callable[[], str]] = {
            "GV": lambda: f"{FIRMWARE} 5.2.1",
            "GS": lambda: f"{self.state:02x} 0 {self._pilot:02x} {self._flags:04x}",
            "GC": lambda: f"6 {self.hardware_limit} {self.capacity} {self.configured}",
            "GG": lambda: f"{self.milliamperes if self.has_ammeter else -1} 230000",
            "GU": lambda: f"{self.session_ws} {self.wh_total}",
            "GF": lambda: "0 0 0",
            "GP": lambda: "231 -2560 -2560",
            "GE": lambda: f"{self.configured} {0x21 | (0x2000 if self.boot_lock_disabled else 0):04x}",
        }
        if name in reads:
            return True, reads[name]()
        if self.deaf and name in {"FE", "FD", "FS", "SC"}:
            return True, ""
        if name in {"FE", "FD", "FS"}:
            self.rest = {"FE": None, "FD": "disabled", "FS": "sleeping"}[name]
            if name == "FS":
                self.fault = None
            return True, ""
        if name == "FF":
            return self._set_feature(*given)
        if name == "SB" and self.has_boot_lock:
            self.is_locked = False
            return True, "0"
        if name == "SC":
            return self._set_current(int(given[0]), given[1:])
        if name == "SY" and self.has_heartbeat:
            return self._beat([int(each) for each in given])
        return False, ""

    def _set_feature(self, feature: str, on: str) -> tuple[bool, str]:
        if feature == "L":
            if not self.has_boot_lock:
                return False, ""
            self.boot_lock_disabled = on == "0"
            self.eeprom_writes.append("FF L")
        return True, ""

    def _set_current(self, amperes: int, how: list[str]) -> tuple[bool, str]:
        if how != ["V"]:
            self.eeprom_writes.append("SC")
        self.capacity = max(6, min(amperes, self.configured))
        return self.capacity == amperes, str(self.capacity)

    def _beat(self, given: list[int]) -> tuple[bool, str]:
        if len(given) == 2:
            if given != self.heartbeat:
                self.eeprom_writes.append("SY")
            self.heartbeat, self.missed_beat, done = given, 0, True
        elif given:
            done = given == [165] and self.missed_beat == 2
            if done:
                # As the firmware does: the acknowledgement goes to the highest current at once.
                self.missed_beat, self.capacity = 1, self.configured
        else:
            done = self.missed_beat != 2
        self._last_beat = self._now()
        return done, f"{self.heartbeat[0]} {self.heartbeat[1]} {self.missed_beat}"

    def _expire(self) -> None:
        if self.heartbeat[0] and self._now() - self._last_beat > self.heartbeat[0]:
            self.capacity = min(self.capacity, max(6, self.heartbeat[1]))
            self.missed_beat = 2
            self._last_beat = self._now()

    def look_at_the_clock(self) -> None:
        """What the board does by itself as time passes."""
        self._expire()

    def _answer(self, done: bool, values: str) -> None:
        if self.mute:
            return
        if self.chatter:
            self.line.send(self.chatter)
        self._send(("OK" if done else "NK") + (f" {values}" if values else ""))

    def _say_by_itself(self, said: str) -> None:
        if self.line.is_in and not self.mute:
            self._send(said)

    def _send(self, said: str) -> None:
        body = f"${said}".encode("ascii")
        total = 0
        for byte in body:
            total ^= byte
        if self.damaged and said[:2] in {"OK", "NK"}:
            self.damaged -= 1
            self.has_damaged.set()
            total ^= 0x55
        self.line.send(body + b"^%02X\r" % total)
