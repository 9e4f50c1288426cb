"""The devices' end of a Modbus RTU line: frames and checksums of its own, and how they go wrong."""

from __future__ import annotations

import asyncio
import os
import termios
from collections.abc import Callable, Mapping
from typing import Protocol

from tests.core.meters.models.iem3155 import Refusal
from tests.core.readers.hand_clock import GUARD_SECONDS
from tests.core.readers.models.line_end import LineEnd

SPEEDS = {termios.B9600: 9600, termios.B19200: 19200, termios.B38400: 38400}
REQUEST_LENGTH = 8
NOT_UNDERSTOOD = bytes(1)


class Slave(Protocol):
    """What a device answers with."""

    def answer(self, function: int, address: int, count: int) -> bytes:
        """The registers of a request. Raises Refusal."""


def checksum(frame: bytes) -> bytes:
    """CRC-16 of Modbus, low byte first: polynomial 0xA001, bit by bit."""
    rest = 0xFFFF
    for byte in frame:
        rest ^= byte
        for _ in range(8):
            rest = rest >> 1 ^ 0xA001 if rest & 1 else rest >> 1
    return rest.to_bytes(2, "little")


class RtuBus:
    """Devices by their unit on one line.

    `silent` units say nothing. `garbles`: every answer has a wrong checksum. `baud`: what another speed
    sends is not understood; None hears every speed. `held`: answers that were asked for wait until `let_go`.
    `is_mute`: the last request that was heard got no answer that can be used.
    """

    def __init__(self, line: LineEnd, units: Mapping[int, Slave], *, baud: int | None = None) -> None:
        self.units = dict(units)
        self.silent: set[int] = set()
        self.garbles = False
        self.holds = False
        self.held: list[bytes] = []
        self.baud = baud
        self.heard: list[bytes] = []
        self.is_mute = False
        self.on_heard: Callable[[], None] = lambda: None
        self._asked = asyncio.Event()
        self._line = line
        self._buffer = b""
        line.on_received = self._receive

    async def hears(self, requests: int) -> None:
        """Wait until so many requests have come in all."""
        async with asyncio.timeout(GUARD_SECONDS):
            while len(self.heard) < requests:
                self._asked.clear()
                await self._asked.wait()

    def let_go(self) -> None:
        """Send what was held."""
        held, self.held = self.held, []
        for frame in held:
            self._line.send(frame)

    def _receive(self, received: bytes) -> None:
        if self.baud is not None and self._speed() != self.baud:
            self.heard.append(NOT_UNDERSTOOD)
            self.is_mute = True
            self.on_heard()
            return
        self._buffer += received
        while len(self._buffer) >= REQUEST_LENGTH:
            frame, self._buffer = self._buffer[:REQUEST_LENGTH], self._buffer[REQUEST_LENGTH:]
            if frame[-2:] != checksum(frame[:-2]):
                self._buffer = b""
                return
            self.heard.append(frame)
            self._asked.set()
            self.is_mute = self.garbles or frame[0] in self.silent or frame[0] not in self.units
            self._answer(frame)
            self.on_heard()

    def _answer(self, frame: bytes) -> None:
        unit, function = frame[0], frame[1]
        device = self.units.get(unit)
        if device is None or unit in self.silent:
            return
        address, count = int.from_bytes(frame[2:4], "big"), int.from_bytes(frame[4:6], "big")
        try:
            registers = device.answer(function, address, count)
            said = bytes((unit, function, len(registers))) + registers
        except Refusal as refusal:
            said = bytes((unit, function | 0x80, refusal.code))
        check = checksum(said)
        said += bytes((check[0] ^ 0xFF, check[1])) if self.garbles else check
        if self.holds:
            self.held.append(said)
        else:
            self._line.send(said)

    def _speed(self) -> int | None:
        opened = os.open(self._line.path, os.O_RDWR | os.O_NOCTTY)
        try:
            return SPEEDS.get(termios.tcgetattr(opened)[4])
        finally:
            os.close(opened)
