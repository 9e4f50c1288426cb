"""The link of a reader in the hardware profile, with its options."""

from __future__ import annotations

from typing import cast

from core.lines.place import Place, read_place
from core.profile import DriverLink
from core.readers.lines import Terminator
from core.readers.uid import Order, Spelling

DEFAULT_BAUD = {"ascii_line": 9600, "pn532": 115200}


class Link(Place, frozen=True, kw_only=True):
    """How a reader is reached and how it speaks."""

    terminator: Terminator = "any"
    spelling: Spelling = Spelling()
    beep: bytes = b""


def read_link(link: DriverLink) -> Link:
    """The link of a reader's driver. Raises Invalid with every problem of its options."""
    place, values = read_place(link, "reader.link", baud=DEFAULT_BAUD.get(link.driver, 0))
    return Link(
        device=place.device,
        host=place.host,
        port=place.port,
        baud=place.baud,
        parity=place.parity,
        terminator=cast("Terminator", values.get("terminator", "any")),
        spelling=Spelling(order=cast("Order", values.get("order", "msb")), prefix=values.get("prefix", "")),
        beep=bytes.fromhex(values.get("beep", "")),
    )
