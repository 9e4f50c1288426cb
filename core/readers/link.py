"""The link of a reader in the hardware profile, with its options."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

import msgspec

from core.errors import Invalid
from core.profile import DriverLink
from core.profile.options import read_options
from core.readers.lines import Terminator
from core.readers.uid import Order, Spelling

DEFAULT_BAUD = {"ascii_line": 9600, "pn532": 115200}


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
    """The link of a reader's driver. Raises Invalid with every problem of its options."""
    values, problems = read_options(link.driver, link.link, "reader.link")
    if problems:
        raise Invalid.from_problems(problems)
    parts = urlsplit(link.link)
    is_network = parts.scheme == "tcp"
    return Link(
        device="" if is_network else parts.path,
        host=(parts.hostname or "") if is_network else "",
        port=(parts.port or 0) if is_network else 0,
        baud=int(values.get("baud", DEFAULT_BAUD.get(link.driver, 0))),
        parity=values.get("parity", "N"),
        terminator=cast("Terminator", values.get("terminator", "any")),
        spelling=Spelling(order=cast("Order", values.get("order", "msb")), prefix=values.get("prefix", "")),
        beep=bytes.fromhex(values.get("beep", "")),
    )
