"""An EVSE-WB board on its RS-485 line: registers, vehicle, relay, residual current, and its traps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.core.readers.models.line_end import LineEnd

SILENCE = 0.1
"""s between an answer and the next request; what comes earlier is not heard."""

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3
STATES = {None: 1, "B": 2, "C": 3, "D": 4}


class EvseWbModel:
    """The board at `unit`.

    `vehicle`: None, or `B` (waits), `C` (draws), `D` (asks for ventilation) as soon as it is offered current.
    `clings`: the vehicle goes on drawing when its offer ends. `welded`: the relay stays closed.
    `hurried`: requests that came too early. `boot_writes`: writes to 2000, which wear the memory.
    `mute`, `damaged`, `chatter`: says nothing; so many next answers are damaged; noise before each answer.
    `deaf`: it confirms a current and does not take it.
    `has_configuration`: it answers 2000 and those after it. `takes_zero`: 2000 may be 0.
    """

    def __init__(
        self,
        line: LineEnd,
        *,
        now: Callable[[], float],
        unit: int = 1,
        firmware: int = 17,
        hundredths: bool = False,
        boot_current: int = 32,
    ) -> None:
        self.line = line
        line.on_received = self.hear
        self._now = now
        self.unit = unit
        self.firmware = firmware
        self.has_configuration = True
        self.takes_zero = True
        self.deaf = False
        self.vehicle: str | None = None
        self.cable = 32
        self.clings = False
        self.welded = False
        self.allows_ventilation = False
        self.mute = False
        self.damaged = 0
        self.has_damaged = asyncio.Event()
        self.chatter = b""
        self.hurried = 0
        self.boot_writes: list[int] = []
        self.requests: list[bytes] = []
        self.memory = [boot_current, unit, 6, 1, 0, 1 << 7 if hundredths else 0]
        self.start()

    def start(self) -> None:
        """Power up: the current is what the memory says; the residual current device is as it was tested."""
        self.current = self.memory[0] * (100 if self._hundredths else 1)
        self.command = 0
        self.rcd_error = False
        self.diode_fault = False
        self._held = b""
        self._spoke_at = float("-inf")

    def speak_again(self) -> None:
        """End a silence; what came meanwhile is gone."""
        self.line.drop_received()
        self._held = b""
        self.mute = False

    @property
    def _hundredths(self) -> bool:
        return self.firmware >= 17 and bool(self.memory[5] & 1 << 7)

    @property
    def offered(self) -> float:
        """What the pilot says, A; 0 where it is steady."""
        amperes = self.current / (100 if self._hundredths else 1)
        if self.command & 1 or self.rcd_error or self.diode_fault or amperes < max(6, self.memory[2]):
            return 0.0
        return min(amperes, float(self.cable))

    @property
    def relay_closed(self) -> bool:
        if self.welded:
            return True
        if self.command & 1 or self.vehicle is None or self.vehicle == "B" or self.rcd_error:
            return False
        if self.vehicle == "D" and not self.allows_ventilation:
            return False
        return self.offered > 0 or self.clings

    @property
    def amperes(self) -> float:
        """What its vehicle draws on each phase, for a meter behind it."""
        return self.offered if self.relay_closed and self.vehicle else 0.0

    def plug(self, vehicle: str = "C", *, cable: int = 32) -> None:
        self.vehicle, self.cable = vehicle, cable

    def unplug(self) -> None:
        self.vehicle, self.diode_fault = None, False

    # ------------------------------------------------------------ registers

    def register(self, address: int) -> int | None:
        """What a register says; None where there is none."""
        if 2000 <= address <= 2005 and self.has_configuration:
            return self.memory[address - 2000]
        return {
            1000: lambda: self.current,
            1001: lambda: round(self.offered * (100 if self._hundredths else 1)),
            1002: self._vehicle_state,
            1003: lambda: self.cable,
            1004: lambda: self.command,
            1005: lambda: self.firmware,
            1006: lambda: 2 if self.offered else 1,
            **({1007: self._flags} if self.firmware > 15 else {}),
        }.get(address, lambda: None)()

    def _vehicle_state(self) -> int:
        if self.rcd_error or self.diode_fault or (self.vehicle == "D" and not self.allows_ventilation):
            return 5
        if self.offered == 0 and self.vehicle is not None and not self.clings:
            return 2
        return STATES[self.vehicle]

    def _flags(self) -> int:
        refused = self.vehicle == "D" and not self.allows_ventilation
        return (
            (1 if self.relay_closed else 0)
            | (2 if self.diode_fault else 0)
            | (4 if refused else 0)
            | (32 if self.rcd_error else 0)
        )

    def _write(self, address: int, value: int) -> int | None:
        """Return the exception, or None."""
        if address == 1000:
            self.current = self.current if self.deaf else value
        elif address == 1004:
            self.command = value
            if value & 4:
                self.rcd_error = False
        elif address == 2000 and self.has_configuration:
            if not self.takes_zero and value < 6:
                return ILLEGAL_VALUE
            self.boot_writes.append(value)
            self.memory[0] = value
        else:
            return ILLEGAL_ADDRESS
        return None

    # ------------------------------------------------------------ the line

    def hear(self, received: bytes) -> None:
        """Take in what is on the line."""
        self._held += received
        while (size := self._size()) and len(self._held) >= size:
            frame, self._held = self._held[:size], self._held[size:]
            if crc(frame[:-2]) == frame[-2:]:
                self._request(frame[:-2])

    def _size(self) -> int:
        if len(self._held) < 7:
            return 0
        return 9 + self._held[6] if self._held[1] == 16 else 8

    def _request(self, frame: bytes) -> None:
        if frame[0] != self.unit or self.mute:
            return
        if self._now() - self._spoke_at < SILENCE - 1e-6:
            self.hurried += 1
            return
        self.requests.append(frame)
        address, count = int.from_bytes(frame[2:4], "big"), int.from_bytes(frame[4:6], "big")
        if frame[1] == 3:
            values = [self.register(address + at) for at in range(count)]
            if None in values:
                self._refuse(3, ILLEGAL_ADDRESS)
                return
            body = b"".join((value or 0).to_bytes(2, "big") for value in values)
            self._say(bytes([self.unit, 3, len(body)]) + body)
        elif frame[1] == 16:
            for at in range(count):
                value = int.from_bytes(frame[7 + 2 * at : 9 + 2 * at], "big")
                if (refusal := self._write(address + at, value)) is not None:
                    self._refuse(16, refusal)
                    return
            self._say(frame[:6])
        else:
            self._refuse(frame[1], ILLEGAL_FUNCTION)

    def _refuse(self, function: int, code: int) -> None:
        self._say(bytes([self.unit, function | 0x80, code]))

    def _say(self, body: bytes) -> None:
        check = crc(body)
        if self.damaged:
            self.damaged -= 1
            self.has_damaged.set()
            check = bytes([check[0] ^ 0x10, check[1]])
        self._spoke_at = self._now()
        self.line.send(self.chatter + body + check)


def crc(body: bytes) -> bytes:
    """CRC-16/MODBUS, the low byte first."""
    register = 0xFFFF
    for byte in body:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ 0xA001 if register & 1 else register >> 1
    return bytes([register & 0xFF, register >> 8])
