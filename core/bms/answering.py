"""Modbus requests to a charge point, each with its answer."""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable, Mapping

from pymodbus.constants import ExcCodes
from pymodbus.pdu import ExceptionResponse, ModbusPDU
from pymodbus.pdu.register_message import ReadHoldingRegistersResponse, WriteSingleRegisterResponse

from core.bms.refusal import Refusal
from core.errors import NotAllowed, StationError

UNITS = frozenset({1, 255})
"""The units that answer."""

READ, WRITE = 3, 6
REQUEST = struct.Struct(">BHH")
"""Both functions: the function, the register, and how many or which value."""

MOST_REGISTERS = 125


class Answering:
    """`read` gives every register by its address; `write` takes a value, or raises Refusal."""

    def __init__(
        self, read: Callable[[], Mapping[int, int]], write: Callable[[int, int], Awaitable[None]]
    ) -> None:
        self._read = read
        self._write = write

    async def answer(self, unit: int, request: bytes) -> ModbusPDU:
        """The answer to a request, which begins with its function code. One byte or more."""
        function = request[0] & 0x7F
        try:
            return await self._answered(unit, request)
        except Refusal as refusal:
            return ExceptionResponse(function, refusal.code)
        except NotAllowed:
            return ExceptionResponse(function, ExcCodes.ILLEGAL_FUNCTION)
        except StationError:
            return ExceptionResponse(function, ExcCodes.DEVICE_FAILURE)

    async def _answered(self, unit: int, request: bytes) -> ModbusPDU:
        if unit not in UNITS:
            raise Refusal(ExcCodes.GATEWAY_NO_RESPONSE)
        if request[0] not in {READ, WRITE}:
            raise Refusal(ExcCodes.ILLEGAL_FUNCTION)
        if len(request) != REQUEST.size:
            raise Refusal(ExcCodes.ILLEGAL_VALUE)
        function, register, value = REQUEST.unpack(request)
        if function == READ:
            return ReadHoldingRegistersResponse(registers=self._registers(register, value))
        await self._write(register, value)
        return WriteSingleRegisterResponse(address=register, registers=[value])

    def _registers(self, first: int, count: int) -> list[int]:
        if not 1 <= count <= MOST_REGISTERS:
            raise Refusal(ExcCodes.ILLEGAL_VALUE)
        known = self._read()
        wanted = range(first, first + count)
        if any(register not in known for register in wanted):
            raise Refusal(ExcCodes.ILLEGAL_ADDRESS)
        return [known[register] for register in wanted]
