"""An iEM3155 as its register map describes it: its values, and what can be wrong with them."""

from __future__ import annotations

import math
import struct

FLOAT_NAN = bytes.fromhex("7fc00000")
INT64_NAN = bytes.fromhex("8000000000000000")

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, DEVICE_FAILURE = 1, 2, 4


class Refusal(Exception):
    """The meter answers with this exception code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Iem3155:
    """Currents A, voltages V and powers W by its own inputs 1, 2, 3; energy Wh.

    `moved` by one: a firmware that has its voltages at the next address. `refuses`: every request gets
    this exception code. `has_nan`: it does not know what it measures. `mute`: no answer.
    """

    def __init__(self, *, serial: int = 31_550_417, firmware: int = 1_102, energy_wh: float = 0.0) -> None:
        self.serial = serial
        self.firmware = firmware
        self.energy_wh = energy_wh
        self.export_wh = 0.0
        self.current = (0.0, 0.0, 0.0)
        self.voltage = (230.0, 230.0, 230.0)
        self.frequency = 50.0
        self.power_factor = 1.0
        self.moved = 0
        self.refuses: int | None = None
        self.has_nan = False
        self.mute = False
        self.requests: list[tuple[int, int]] = []

    @property
    def power(self) -> tuple[float, float, float]:
        """The active power of each input, W."""
        first, second, third = (
            self.power_factor * ampere * volt for ampere, volt in zip(self.current, self.voltage, strict=True)
        )
        return first, second, third

    def load(self, ampere: float, *, phases: int = 3) -> None:
        """A vehicle draws so much on the first inputs."""
        self.current = (ampere, ampere if phases > 1 else 0.0, ampere if phases > 1 else 0.0)

    def grow(self, seconds: float) -> None:
        """Count what flows for so long."""
        self.energy_wh += sum(self.power) * seconds / 3600

    def answer(self, function: int, address: int, count: int) -> bytes:
        """The registers of a request, high byte first. Raises Refusal."""
        self.requests.append((address, count))
        if self.refuses is not None:
            raise Refusal(self.refuses)
        if function != 3:
            raise Refusal(ILLEGAL_FUNCTION)
        if not 1 <= count <= 125:
            raise Refusal(ILLEGAL_ADDRESS)
        words = self._words()
        known = {wire // 100 for wire in words}
        if not {address // 100, (address + count - 1) // 100} <= known:
            raise Refusal(ILLEGAL_ADDRESS)
        return b"".join(words.get(wire, b"\x00\x00") for wire in range(address, address + count))

    def _words(self) -> dict[int, bytes]:
        words: dict[int, bytes] = {}

        def put(wire: int, raw: bytes) -> None:
            for place in range(0, len(raw), 2):
                words[wire + place // 2] = raw[place : place + 2]

        def put_float(wire: int, value: float) -> None:
            put(wire, FLOAT_NAN if self.has_nan or math.isnan(value) else struct.pack(">f", value))

        for phase in range(3):
            put_float(2999 + 2 * phase, self.current[phase])
            put_float(3027 + 2 * phase + self.moved, self.voltage[phase])
            put_float(3053 + 2 * phase, self.power[phase] / 1000)
        put_float(3059, sum(self.power) / 1000)
        put_float(3109, self.frequency)
        put(3203, INT64_NAN if self.has_nan else struct.pack(">q", int(self.energy_wh)))
        put(3207, INT64_NAN if self.has_nan else struct.pack(">q", int(self.export_wh)))
        put(129, struct.pack(">I", self.serial))
        put(1636, struct.pack(">H", self.firmware))
        return words
