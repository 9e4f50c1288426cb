"""One Modbus line, used in turns by everybody who has a device on it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from pymodbus.pdu import ModbusPDU

from core.clock import Clock
from core.lines.port import DeviceLost
from core.modbus.connection import Asked, Connection
from core.modbus.link import ModbusLink
from core.modbus.refusals import NoAnswer, Refused

ANSWER_SECONDS = 1.0
"""s; so long a device may think before its answer begins."""

FRAME_CHARACTERS = 10
"""Characters of request and answer around the registers."""

MISSES_TO_REOPEN = 3
"""So many requests in a row without an answer, and a network connection is made anew: it may be dead."""


class ModbusLine:
    """Requests to all units on one link, one after the other, with at least `silence` s between them.

    It opens with the first request, and again with each request after it was lost; whoever asks decides
    how soon that is. Every request raises DeviceLost: NoAnswer, Refused, or that the line cannot be had.
    """

    def __init__(self, link: ModbusLink, pace: Clock, *, silence: float = 0.0) -> None:
        self.link = link
        self.silence = silence
        self._pace = pace
        self._turn = asyncio.Lock()
        self._connection: Connection | None = None
        self._quiet_since: float | None = None
        self._misses = 0

    async def read(
        self,
        unit: int,
        address: int,
        count: int,
        *,
        wait: float = ANSWER_SECONDS,
        link: ModbusLink | None = None,
    ) -> tuple[int, ...]:
        """Read so many holding registers (function 3) from this wire address on.

        `wait`: s until the answer must begin. `link`: another speed or parity, for this request only.
        """
        response = await self._ask(
            unit,
            lambda client: client.read_holding_registers(address, count=count, device_id=unit),
            count,
            wait,
            link or self.link,
        )
        # RTU answers carry no number: one that comes too late must not be taken for the next.
        if len(response.registers) != count:
            raise NoAnswer(self.link.place, unit)
        return tuple(response.registers)

    async def write(
        self, unit: int, address: int, values: Sequence[int], *, wait: float = ANSWER_SECONDS
    ) -> None:
        """Write holding registers (function 16) from this wire address on."""
        await self._ask(
            unit,
            lambda client: client.write_registers(address, list(values), device_id=unit),
            len(values),
            wait,
            self.link,
        )

    def close(self) -> None:
        """Give the link back; the next request opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _ask(self, unit: int, asked: Asked, count: int, wait: float, link: ModbusLink) -> ModbusPDU:
        async with self._turn:
            connection = await self._opened(link)
            await self._keep_silent()
            seconds = wait + link.seconds_of(2 * FRAME_CHARACTERS + 2 * count)
            try:
                response = await connection.ask(asked, seconds)
            except (asyncio.CancelledError, DeviceLost):
                self.close()
                raise
            finally:
                self._quiet_since = self._pace.elapsed()
            if response is None:
                self._note_miss()
                raise NoAnswer(link.place, unit)
        self._misses = 0
        if response.isError():
            raise Refused(link.place, unit, response.exception_code)
        return response

    async def _opened(self, link: ModbusLink) -> Connection:
        connection = self._connection
        if connection is not None and connection.is_open and connection.link == link:
            return connection
        self.close()
        connection = Connection(link, self._pace)
        await connection.open()
        self._connection = connection
        return connection

    async def _keep_silent(self) -> None:
        if self._quiet_since is not None:
            left = self._quiet_since + self.silence - self._pace.elapsed()
            if left > 0:
                await self._pace.sleep(left)

    def _note_miss(self) -> None:
        self._misses += 1
        if not self.link.device and self._misses >= MISSES_TO_REOPEN:
            self._misses = 0
            self.close()
