"""One client's connection: frames of Modbus TCP in, answers out."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable

from pymodbus.framer import FramerSocket
from pymodbus.pdu import DecodePDU

from core.allowance import Allowance
from core.bms.answering import Answering

HEADER = struct.Struct(">HHHB")
"""Transaction, protocol (0), length of what follows it, unit."""

LONGEST = 254
"""Bytes of unit and request (Modbus application protocol V1.1b3, 4.1)."""

FRAME_SECONDS = 5.0
"""s; so long a frame may take that has begun, and a client to take an answer."""

AT_ONCE, A_SECOND = 200, 100
"""Requests of one client; more wait, so that nobody keeps the station busy."""

_FRAMER = FramerSocket(DecodePDU(True))


async def converse(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    answering: Answering,
    heard: Callable[[], None],
) -> None:
    """Answer one request after the other until the client leaves, or sends what is no Modbus."""
    pace = Allowance(most=AT_ONCE, every=1 / A_SECOND)
    now = asyncio.get_running_loop().time
    while True:
        if not pace.take(now()):
            await asyncio.sleep(1 / A_SECOND)
        begin = await reader.readexactly(1)
        async with asyncio.timeout(FRAME_SECONDS):
            header = begin + await reader.readexactly(HEADER.size - 1)
            transaction, protocol, length, unit = HEADER.unpack(header)
            if protocol != 0 or not 2 <= length <= LONGEST:
                return
            request = await reader.readexactly(length - 1)
        heard()
        answer = await answering.answer(unit, request)
        answer.transaction_id, answer.dev_id = transaction, unit
        writer.write(_FRAMER.buildFrame(answer))
        async with asyncio.timeout(FRAME_SECONDS):
            await writer.drain()
