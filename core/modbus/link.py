"""Where a Modbus line leads, and how it is spoken there."""

from __future__ import annotations

from typing import Literal, cast

import msgspec

from core.lines.place import read_place
from core.profile import DriverLink

Framing = Literal["tcp", "rtu"]

PORT = 502
"""The registered port of Modbus TCP."""


class ModbusLink(msgspec.Struct, frozen=True, kw_only=True):
    """A serial `device` with `baud` and `parity` (N, E or O; 8 data bits, 1 stop bit), or `host` and `port`.

    `framing` holds on a network: `rtu` for a serial server that passes the bytes on as they are.
    """

    device: str = ""
    baud: int = 19200
    parity: str = "N"
    host: str = ""
    port: int = 0
    framing: Framing = "tcp"

    @property
    def place(self) -> str:
        """The device or the address: what only one line can be open to."""
        return self.device or f"{self.host} port {self.port}"

    @property
    def speech(self) -> str:
        """How it is spoken there, in words."""
        return f"{self.baud} baud, parity {self.parity}" if self.device else f"framing {self.framing}"

    def seconds_of(self, characters: int) -> float:
        """How long so many characters are on the wire, s; 0 on a network."""
        if not self.device:
            return 0.0
        return characters * (10 if self.parity == "N" else 11) / self.baud


def read_modbus_link(driver: DriverLink, where: str, *, baud: int) -> ModbusLink:
    """The link that a hardware profile gives under the key `where`. Raises Invalid.

    `baud` is used where the link names no speed.
    """
    place, options = read_place(driver, where, baud=baud)
    framing = cast("Framing", options.get("framing", "tcp"))
    return ModbusLink(**msgspec.structs.asdict(place), framing=framing)
