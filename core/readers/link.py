"""The link of a reader in the hardware profile, with its options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast
from urllib.parse import parse_qsl, urlsplit

import msgspec

from core.errors import Invalid, Problem
from core.profile import DriverLink
from core.readers.lines import Terminator
from core.readers.uid import Order, Spelling

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
DEFAULT_BAUD = {"ascii_line": 9600, "pn532": 115200}

OPTIONS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "ascii_line": {
        "baud": ("|".join(map(str, BAUDS)), f"one of {', '.join(map(str, BAUDS))}"),
        "parity": ("[NEO]", "N, E or O"),
        "terminator": ("any|crlf|cr|lf", "any, crlf, cr or lf"),
        "prefix": ("[ -~]{1,20}", "1 to 20 printable characters"),
        "order": ("msb|lsb", "msb or lsb"),
        "beep": ("(?:[0-9A-Fa-f]{2}){1,16}", "1 to 16 bytes in hexadecimal"),
    },
    "pn532": {
        "baud": ("|".join(map(str, BAUDS)), f"one of {', '.join(map(str, BAUDS))}"),
        "order": ("msb|lsb", "msb or lsb"),
    },
    "evdev": {
        "prefix": ("[ -~]{1,20}", "1 to 20 printable characters"),
        "order": ("msb|lsb", "msb or lsb"),
    },
}
"""For each driver: its options, each with what it may be, as a pattern and in words."""

LINE_ONLY = frozenset({"baud", "parity"})
"""Options of a serial line, without a meaning for a network address."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """How a reader is reached and how it speaks: a `device`, or a `host` and `port`."""

    device: str = ""
    host: str = ""
    port: int = 0
    baud: int = 9600
    parity: str = "N"
    terminator: Terminator = "any"
    spelling: Spelling = Spelling()
    beep: bytes = b""


def read_link(link: DriverLink) -> Link:
    """The link of a reader's driver. Raises Invalid with every problem."""
    try:
        parts = urlsplit(link.link)
        port = parts.port or 0
        given = parse_qsl(parts.query, strict_parsing=True, max_num_fields=10) if parts.query else []
    except ValueError:
        raise Invalid("reader.link: {got} is not a link", key="reader.link", got=link.link) from None
    is_network = parts.scheme == "tcp"
    options = OPTIONS[link.driver]
    problems = []
    for key, value in given:
        if key not in options or (is_network and key in LINE_ONLY):
            problems.append(_problem("{key} is no option of {driver} there", key, driver=link.driver))
        elif not re.fullmatch(options[key][0], value):
            problems.append(
                _problem("{key} must be {allowed}, got {got}", key, allowed=options[key][1], got=value)
            )
    values = dict(given)
    if len(values) < len(given):
        problems.append(_problem("an option is given twice", ""))
    if problems:
        raise Invalid.from_problems(problems)
    return Link(
        device="" if is_network else parts.path,
        host=(parts.hostname or "") if is_network else "",
        port=port,
        baud=int(values.get("baud", DEFAULT_BAUD.get(link.driver, 0))),
        parity=values.get("parity", "N"),
        terminator=cast("Terminator", values.get("terminator", "any")),
        spelling=Spelling(order=cast("Order", values.get("order", "msb")), prefix=values.get("prefix", "")),
        beep=bytes.fromhex(values.get("beep", "")),
    )


def _problem(words: str, key: str, **values: str) -> Problem:
    return Problem(template=f"reader.link: {words}", values={"key": key, **values}, key="reader.link")
