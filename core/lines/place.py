"""Where a device is: a serial device with its speed, or a network address."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from core.errors import Invalid
from core.profile import DriverLink
from core.profile.options import read_options


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A `device` with `baud` and `parity`, or a `host` and `port`."""

    device: str = ""
    host: str = ""
    port: int = 0
    baud: int = 9600
    parity: str = "N"


def read_place(link: DriverLink, where: str, *, baud: int) -> tuple[Place, dict[str, str]]:
    """The place that a link names, and every option of the link.

    `where` is the key of the link in the hardware profile; `baud` is used where the link gives none. Raises
    Invalid with every problem of its options.
    """
    values, problems = read_options(link.driver, link.link, where)
    if problems:
        raise Invalid.from_problems(problems)
    parts = urlsplit(link.link)
    is_network = parts.scheme == "tcp"
    place = Place(
        device="" if is_network else parts.path,
        host=(parts.hostname or "") if is_network else "",
        port=(parts.port or 0) if is_network else 0,
        baud=int(values.get("baud", baud)),
        parity=values.get("parity", "N"),
    )
    return place, values
