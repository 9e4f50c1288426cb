"""The lines of RAPI: commands to an OpenEVSE board, its answers, and what it says by itself."""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

import msgspec

BUFFER = 32
"""Bytes that the board takes in before it has worked on a command; a longer one is lost."""

LONGEST = 80
"""Bytes; no line of the board is longer, what is longer is noise up to the next `$`."""

_LINE = re.compile(rb"\$([A-Z0-9]{2})((?: [!-\]_-~]+)*) ?\^([0-9A-Fa-f]{2})")
"""`$`, two letters, values after spaces, `^`, and the checksum in hexadecimal digits."""


class Line(msgspec.Struct, frozen=True):
    """A line of the board: `OK` and `NK` answer a command, `AT` and `AB` come by themselves."""

    kind: str
    values: tuple[str, ...] = ()

    @property
    def is_answer(self) -> bool:
        return self.kind in {"OK", "NK"}


def command(*words: str) -> bytes:
    """The bytes of a command. Raises ValueError for one that the board's buffer does not hold."""
    body = ("$" + " ".join(words)).encode("ascii")
    sent = b"%s^%02X\r" % (body, checksum(body))
    if len(sent) > BUFFER:
        raise ValueError(f"a command has at most {BUFFER} bytes")
    return sent


def checksum(body: bytes) -> int:
    """Exclusive or of all bytes before the `^`."""
    return reduce(xor, body, 0)


def read_line(received: bytes) -> Line | None:
    """The line in these bytes, which begin with `$` and end before CR; None for a damaged one."""
    found = _LINE.fullmatch(received)
    if found is None or checksum(received[:-3]) != int(found[3], 16):
        return None
    return Line(found[1].decode(), tuple(found[2].decode().split()))


class Decoder:
    """Cuts a stream of bytes into lines; noise and damaged lines are left out."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, received: bytes) -> list[Line]:
        """The whole lines that end in what was received."""
        *ended, self._held = (self._held + received).split(b"\r")
        self._held = self._held[-LONGEST:]
        read = (read_line(each[each.rfind(b"$") :]) for each in ended if b"$" in each)
        return [line for line in read if line is not None]
