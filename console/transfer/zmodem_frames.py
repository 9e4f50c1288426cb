"""What of the bytes from a terminal belongs to ZMODEM, and what was typed.

Source: Chuck Forsberg, The ZMODEM Inter Application File Transfer Protocol (1988), chapters 7 and 11.
"""

from __future__ import annotations

import binascii
import re
from enum import Enum, auto
from typing import Final

ZRINIT: Final = 1
ZSKIP: Final = 5
ZFIN: Final = 8
CANCEL: Final = 24
"""The other end gave up: five CAN in a row, which is no type of a header."""

PAD: Final = 0x2A
CAN: Final = 0x18
BACKSPACE: Final = 0x08
MOST_PADS: Final = 3
HEX_DIGITS: Final = frozenset(b"0123456789abcdef")
HEX_LENGTH: Final = 14
HEX_HEADER: Final = re.compile(rb"\*\*\x18B([0-9a-f]{14})")
LONGEST_HEADER: Final = 18
REMARKABLE: Final = re.compile(rb"\*\*\x18B|\x18{5}")
"""What ends data."""
CANS_TO_GIVE_UP: Final = 5
LINE_END: Final = frozenset(b"\r\n\x8a\x8d\x11")
"""What follows a hex header: CR, LF with or without parity, XON."""
OVER_AND_OUT: Final = ord("O")


class _At(Enum):
    TEXT = auto()
    PADS = auto()
    KIND = auto()
    HEX = auto()
    TAIL = auto()
    BINARY = auto()
    CANS = auto()


class FrameReader:
    """Reads one direction, in whatever pieces it arrives."""

    def __init__(self) -> None:
        self._at = _At.TEXT
        self._held = bytearray()
        self._cans = 0
        self._tail: list[int] = []

    @property
    def holds(self) -> bool:
        """True while what comes next decides whether something was typed."""
        return self._at is _At.PADS

    @property
    def within(self) -> bool:
        """True inside a frame, or what may become one."""
        return self._at is not _At.TEXT

    def feed(self, received: bytes) -> tuple[list[int], bytes]:
        """The types of the headers that begin in these bytes, and what of them was typed."""
        found: list[int] = []
        typed = bytearray()
        place = 0
        while place < len(received):
            self._take(received[place], found, typed)
            place += 1
            if self._at is _At.BINARY and place >= LONGEST_HEADER:
                place = self._leap(received, place)
        return found, bytes(typed)

    def _leap(self, received: bytes, place: int) -> int:
        """Over data in which nothing begins; the last bytes may begin something that goes on later."""
        match = REMARKABLE.search(received, place - LONGEST_HEADER)
        to = (match.start() if match else len(received)) - LONGEST_HEADER
        if to <= place:
            return place
        self._held.clear()
        self._cans = 0
        return to

    def pause(self) -> bytes:
        """Nothing came for a moment: a frame is over, and what was held back was typed."""
        typed = bytes(self._held) if self._at is _At.PADS else b""
        self._go(_At.TEXT)
        return typed

    def _go(self, at: _At) -> None:
        self._at = at
        self._held.clear()
        self._cans = 0

    def _take(self, byte: int, found: list[int], typed: bytearray) -> None:
        if byte == CAN and self._at is not _At.PADS:
            self._count_can(found)
            return
        self._cans = 0
        if self._at is _At.PADS:
            self._after_pads(byte, typed)
        elif self._at is _At.KIND:
            self._at = _At.HEX if byte == ord("B") else _At.BINARY if byte in b"AC" else _At.TEXT
            self._held.clear()
        elif self._at is _At.HEX:
            self._in_hex(byte, found, typed)
        elif self._at is _At.TAIL and byte in self._tail:
            self._tail.remove(byte)
        elif self._at is _At.BINARY:
            self._in_binary(byte, found)
        elif self._at is not _At.CANS or byte != BACKSPACE:
            self._in_text(byte, typed)

    def _count_can(self, found: list[int]) -> None:
        self._cans += 1
        if self._at is _At.BINARY:
            self._in_binary(CAN, found)
        else:
            self._held.clear()
            self._at = _At.CANS
        if self._cans == CANS_TO_GIVE_UP:
            found.append(CANCEL)
            self._at = _At.CANS

    def _in_text(self, byte: int, typed: bytearray) -> None:
        if byte == PAD:
            self._go(_At.PADS)
            self._held.append(byte)
        else:
            self._go(_At.TEXT)
            typed.append(byte)

    def _after_pads(self, byte: int, typed: bytearray) -> None:
        if byte == CAN:
            self._at = _At.KIND
            self._cans = 1
        elif byte == PAD and len(self._held) < MOST_PADS:
            self._held.append(byte)
        elif byte == PAD:
            typed.append(byte)
        else:
            typed += self._held
            self._in_text(byte, typed)

    def _in_hex(self, byte: int, found: list[int], typed: bytearray) -> None:
        if byte not in HEX_DIGITS:
            self._in_text(byte, typed)
            return
        self._held.append(byte)
        if len(self._held) == HEX_LENGTH:
            self._end_header(int(self._held[:2], 16), found)

    def _in_binary(self, byte: int, found: list[int]) -> None:
        """Data, until a whole hex header stands in it; what only looks like one has no right checksum."""
        self._held.append(byte)
        del self._held[:-LONGEST_HEADER]
        match = HEX_HEADER.fullmatch(self._held)
        if match is not None:
            header = bytes.fromhex(match[1].decode("ascii"))
            if binascii.crc_hqx(header, 0) == 0:
                self._end_header(header[0], found)

    def _end_header(self, kind: int, found: list[int]) -> None:
        found.append(kind)
        self._go(_At.TAIL)
        self._tail = [*LINE_END, *([OVER_AND_OUT] * 2 if kind == ZFIN else [])]
