"""Why a request is not answered with what it asks for, as Modbus says it."""

from __future__ import annotations

from pymodbus.constants import ExcCodes


class Refusal(Exception):
    """`code` is the exception code of the answer."""

    def __init__(self, code: ExcCodes) -> None:
        super().__init__(code.name)
        self.code = code
