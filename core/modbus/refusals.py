"""What goes wrong on a Modbus line, in words for an electrician."""

from __future__ import annotations

from collections.abc import Mapping

from core.lines.port import DeviceLost
from core.modbus.link import ModbusLink

REFUSALS: Mapping[int, str] = {
    1: "does not know this request",
    2: "has no such register: it is another device",
    3: "does not accept this value",
    4: "reports a failure of its own",
    5: "needs more time",
    6: "is busy",
    10: "cannot be reached by the gateway",
    11: "does not answer the gateway",
}
"""The exception codes of Modbus."""


class NoAnswer(DeviceLost):
    """The line is there, but nobody answers under this address."""

    def __init__(self, place: str, unit: int) -> None:
        super().__init__(f"{place}: address {unit} does not answer")


class CannotSpeak(DeviceLost):
    """The serial port knows this speed or parity not at all."""

    def __init__(self, link: ModbusLink) -> None:
        super().__init__(f"{link.place} cannot be set to {link.speech}")


class Refused(DeviceLost):
    """The device, or the gateway before it, answers with an exception; `code` is the one of Modbus."""

    def __init__(self, place: str, unit: int, code: int) -> None:
        self.code = code
        said = REFUSALS.get(code, f"refuses with code {code}")
        super().__init__(f"{place}: address {unit} {said}")
