"""A meter on a network address, behind a Modbus server of another make."""

from __future__ import annotations

import struct
from typing import Any

from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from tests.core.meters.models.iem3155 import Iem3155, Refusal

BLOCKS = ((129, 2), (1636, 1), (2999, 62), (3109, 2), (3203, 8))
"""The registers that the server knows, by their first wire address."""


class NetworkMeter:
    """A meter that answers on the loopback for one unit; `port` 0 takes any that is free."""

    def __init__(self, meter: Iem3155, *, unit: int, port: int = 0) -> None:
        self._meter = meter
        rows = [SimData(wire, values=[0] * count, datatype=DataType.REGISTERS) for wire, count in BLOCKS]
        device = SimDevice(unit, rows, action=self._answer)
        self._server = ModbusTcpServer(device, address=("127.0.0.1", port))

    async def start(self) -> int:
        """Listen; the port."""
        await self._server.serve_forever(background=True)
        transport: Any = self._server.transport
        return int(transport.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        await self._server.shutdown()  # type: ignore[no-untyped-call]

    async def _answer(
        self, function: int, first: int, address: int, count: int, now: list[int], _: object
    ) -> ExcCodes | None:
        if self._meter.mute:
            # Behind a gateway a silent meter is its answer: the target did not respond.
            return ExcCodes.GATEWAY_NO_RESPONSE
        try:
            raw = self._meter.answer(function, address, count)
        except Refusal as refusal:
            return ExcCodes(refusal.code)
        now[address - first : address - first + count] = struct.unpack(f">{count}H", raw)
        return None
