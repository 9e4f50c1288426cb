"""From what a reader sends to the one spelling of a badge's identifier."""

from __future__ import annotations

import string
from typing import Literal

import msgspec

from core.errors import Invalid

Order = Literal["msb", "lsb"]

SHORTEST, LONGEST = 3, 10
"""Bytes of an identifier."""

NOISE = "".join(map(chr, range(0x21))) + "\x7f"
"""What a line may have at its ends besides the identifier: control characters and spaces."""

_WITHOUT_SEPARATORS = str.maketrans("", "", " :-")
_SHOWN = 40


class Spelling(msgspec.Struct, frozen=True, kw_only=True):
    """How a reader spells identifiers: a text in front, and which byte it sends first."""

    order: Order = "msb"
    prefix: str = ""


def uid_from_text(text: str, spelling: Spelling) -> str:
    """The identifier in a line of hexadecimal digits.

    Spaces, colons and dashes between them do not count. Raises Invalid.
    """
    line, prefix = text.strip(NOISE), spelling.prefix.strip(NOISE)
    if not line.startswith(prefix):
        raise Invalid(
            "A badge's line begins with {prefix}, got {got}", prefix=_shown(prefix), got=_shown(line)
        )
    digits = line.removeprefix(prefix).translate(_WITHOUT_SEPARATORS).strip(NOISE)
    if not digits or not set(digits) <= set(string.hexdigits):
        raise Invalid("An identifier has hexadecimal digits, 0-9 and A-F, got {got}", got=_shown(line))
    if len(digits) % 2:
        raise Invalid(
            "An identifier has two digits a byte, got {count} digits in {got}",
            count=len(digits),
            got=_shown(line),
        )
    return uid_from_bytes(bytes.fromhex(digits), spelling.order)


def uid_from_bytes(sent: bytes, order: Order) -> str:
    """The identifier whose bytes came in this order. Raises Invalid."""
    if not SHORTEST <= len(sent) <= LONGEST:
        raise Invalid(
            "An identifier has {shortest} to {longest} bytes, got {count}",
            shortest=SHORTEST,
            longest=LONGEST,
            count=len(sent),
        )
    return (sent if order == "msb" else sent[::-1]).hex().upper()


def _shown(text: str) -> str:
    """The text as it can be put on any screen: printable ASCII, and not too long."""
    return ascii(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
