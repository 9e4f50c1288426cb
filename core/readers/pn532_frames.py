"""The frames of a PN532: made, and found again in a stream of any bytes."""

from __future__ import annotations

from enum import Enum

import msgspec

ACK = bytes.fromhex("0000FF00FF00")
NACK = bytes.fromhex("0000FFFF0000")
START = b"\x00\xff"
TO_CHIP, FROM_CHIP, SYNTAX_ERROR = 0xD4, 0xD5, 0x7F
LONGEST_NORMAL, LONGEST = 255, 265
"""Bytes between the length and its checksum; longer than 255 is an extended frame."""


class Mark(Enum):
    """What is not an information frame."""

    ACK = "ack"
    NACK = "nack"
    DAMAGED = "damaged"


class Frame(msgspec.Struct, frozen=True):
    """An information frame: its first byte says the direction, the second the command."""

    content: bytes


def encode(content: bytes) -> bytes:
    """The frame around 1..265 bytes that begin with a direction. Raises ValueError."""
    if not 1 <= len(content) <= LONGEST:
        raise ValueError(f"a frame carries 1 to {LONGEST} bytes, got {len(content)}")
    length = len(content).to_bytes(1 if len(content) <= LONGEST_NORMAL else 2, "big")
    extended = b"\xff\xff" if len(length) == 2 else b""
    return b"".join(
        (b"\x00", START, extended, length, _checksum(length), content, _checksum(content), b"\x00")
    )


class Decoder:
    """Finds frames; after a damaged one it goes on at the next possible start."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, received: bytes) -> list[Frame | Mark]:
        """What is complete with these bytes, in order."""
        self._held += received
        found: list[Frame | Mark] = []
        while (start := self._held.find(START)) >= 0:
            self._held = self._held[start:]
            step = _first(self._held)
            if step is None:
                return found
            item, size = step
            found.append(item)
            self._held = self._held[size:]
        self._held = self._held[-1:] if self._held.endswith(START[:1]) else b""
        return found

    def clear(self) -> None:
        """Forget the beginning of a frame."""
        self._held = b""


def _first(held: bytes) -> tuple[Frame | Mark, int] | None:
    """What stands at a start and how many bytes it takes; None while it is not complete."""
    header = held[2:4]
    if len(header) < 2:
        return None
    if header in (ACK[3:5], NACK[3:5]):
        return (Mark.ACK if header == ACK[3:5] else Mark.NACK), 4
    begin = 4
    length = header[:1]
    if header == b"\xff\xff":
        begin = 7
        length = held[4:6]
        header = held[4:7]
        if len(header) < 3:
            return None
    size = int.from_bytes(length, "big")
    if sum(header) % 256 or not 1 <= size <= LONGEST:
        return Mark.DAMAGED, 1
    body = held[begin : begin + size + 1]
    if body and body[0] not in (TO_CHIP, FROM_CHIP, SYNTAX_ERROR):
        return Mark.DAMAGED, 1
    if len(body) <= size:
        return None
    if sum(body) % 256:
        return Mark.DAMAGED, 1
    return Frame(body[:-1]), begin + size + 1


def _checksum(content: bytes) -> bytes:
    return bytes([-sum(content) % 256])
