"""One open connection to a Modbus line, on the client of pymodbus."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import termios
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from pymodbus import FramerType, ModbusException
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.pdu import ModbusPDU

from core.clock import Clock
from core.lines.port import DeviceLost
from core.lines.waiting import within
from core.modbus.link import ModbusLink
from core.modbus.refusals import CannotSpeak

CONNECT_SECONDS = 3.0
NEVER = 1_000_000
"""The client neither repeats, nor gives up, nor connects again by itself: whoever asks decides."""

Client = AsyncModbusSerialClient | AsyncModbusTcpClient
Asked = Callable[[Client], Awaitable[ModbusPDU]]
T = TypeVar("T")


class Connection:
    """A connection that was opened; it ends with `close`, or by itself with its device."""

    def __init__(self, link: ModbusLink, pace: Clock) -> None:
        # Silent devices are ours to tell of; the library would log every request.
        logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)
        self.link = link
        self._pace = pace
        self._made = asyncio.Event()
        self._gone = asyncio.Event()
        self._reason = ""
        self._client = self._make_client()
        self._create = self._client.ctx.call_create
        self._client.ctx.call_create = self._noted
        self._client.set_max_no_responses(NEVER)

    @property
    def is_open(self) -> bool:
        return self._made.is_set() and not self._gone.is_set()

    async def open(self) -> None:
        """Connect. Raises DeviceLost with what the system says."""
        try:
            await within(CONNECT_SECONDS, self._connect(), self._pace.sleep)
        except TimeoutError:
            self.close()
            raise DeviceLost(f"{self.link.place} does not answer") from None
        except (OSError, ValueError, termios.error) as error:
            self.close()
            if self.link.device and _number(error) == errno.EINVAL:
                raise CannotSpeak(self.link) from None
            raise DeviceLost(f"{self.link.place}: {_said(error)}") from None
        except asyncio.CancelledError:
            self.close()
            raise

    async def ask(self, asked: Asked, seconds: float) -> ModbusPDU | None:
        """What is answered within so many seconds, else None. Raises DeviceLost when the connection ends."""

        async def answer() -> ModbusPDU:
            return await asked(self._client)

        try:
            return await within(seconds, self._unless_gone(answer()), self._pace.sleep)
        except TimeoutError:
            return None
        except (ModbusException, OSError) as error:
            raise DeviceLost(f"{self.link.place}: {_said(error)}") from None

    def close(self) -> None:
        """Give the device back; nothing happens the second time."""
        self._gone.set()
        self._client.close()

    def _make_client(self) -> Client:
        how: dict[str, Any] = {
            "reconnect_delay": 0,
            "retries": 0,
            "timeout": CONNECT_SECONDS * 20,
            "trace_connect": self._connected,
        }
        link = self.link
        if link.device:
            return AsyncModbusSerialClient(link.device, baudrate=link.baud, parity=link.parity, **how)
        framer = FramerType.RTU if link.framing == "rtu" else FramerType.SOCKET
        return AsyncModbusTcpClient(link.host, port=link.port, framer=framer, **how)

    def _connected(self, is_there: bool) -> None:
        (self._made if is_there else self._gone).set()

    async def _noted(self) -> Any:
        """Connect as the library does, and keep what the system says when it fails."""
        try:
            return await self._create()
        except OSError as error:
            self._reason = _said(error)
            raise

    async def _connect(self) -> None:
        if not await self._client.connect():
            raise OSError(self._reason or "cannot be opened")
        await self._made.wait()

    async def _unless_gone(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.ensure_future(work)
        gone = asyncio.ensure_future(self._gone.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise OSError("the connection was lost")
            return task.result()
        finally:
            task.cancel()
            gone.cancel()
            await asyncio.gather(task, gone, return_exceptions=True)


def _number(error: Exception) -> object:
    return error.args[0] if isinstance(error, termios.error) else getattr(error, "errno", None)


def _said(error: Exception) -> str:
    number = _number(error)
    if number == errno.EAGAIN:
        return "is used by another program"
    if isinstance(number, int) and number > 0:
        return os.strerror(number)
    return getattr(error, "strerror", None) or str(error)
