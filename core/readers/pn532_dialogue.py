"""Question and answer with a PN532 on its serial line."""

from __future__ import annotations

from collections import deque

from core.lines.port import DeviceLost, Port
from core.lines.waiting import Sleep, within
from core.readers.pn532_frames import (
    ACK,
    FROM_CHIP,
    NACK,
    SYNTAX_ERROR,
    TO_CHIP,
    Decoder,
    Frame,
    Mark,
    encode,
)

WAKE = b"\x55\x55" + bytes(14)
ACK_SECONDS = 0.2
"""The chip acknowledges within 15 ms; an adapter on USB takes its time too."""

TAKEN_SECONDS = 0.4
"""For a line that is full to take a few bytes more."""

TRIES = 3


class Refused(Exception):
    """The chip does not know this command."""


class Dialogue:
    """One command at a time, each acknowledged by the chip before it is answered."""

    def __init__(self, port: Port, sleep: Sleep) -> None:
        self._port = port
        self._sleep = sleep
        self._decoder = Decoder()
        self._items: deque[Frame | Mark] = deque()
        self._is_awake = False

    async def ask(self, command: bytes, seconds: float) -> bytes:
        """The answer to a command, without direction and code.

        Raises TimeoutError when there is none in time, and the chip has been told to give up; DeviceLost
        when the chip does not acknowledge; Refused when it does not know the command.
        """
        self._decoder.clear()
        self._items.clear()
        await self._command(encode(bytes([TO_CHIP]) + command))
        try:
            return await within(seconds, self._answer(command[0] + 1), self._sleep)
        except TimeoutError:
            # An ACK from this side ends the command that the chip is at.
            await self._send(ACK)
            raise

    async def _command(self, frame: bytes) -> None:
        for _ in range(TRIES):
            sent = frame if self._is_awake else WAKE + frame
            self._is_awake = False
            try:
                await within(ACK_SECONDS, self._acknowledged(sent), self._sleep)
            except TimeoutError:
                continue
            self._is_awake = True
            return
        raise DeviceLost("the PN532 does not answer")

    async def _acknowledged(self, sent: bytes) -> None:
        await self._port.write(sent)
        repeats = TRIES
        while (item := await self._item()) is not Mark.ACK:
            if item is Mark.NACK and repeats:
                repeats -= 1
                await self._port.write(sent)

    async def _answer(self, code: int) -> bytes:
        repeats = TRIES
        while True:
            item = await self._item()
            if item is Mark.DAMAGED and repeats and not self._items:
                # The chip sends its last frame again.
                repeats -= 1
                await self._port.write(NACK)
            elif isinstance(item, Frame):
                if item.content[0] == SYNTAX_ERROR:
                    raise Refused
                if item.content[:2] == bytes([FROM_CHIP, code]):
                    return item.content[2:]

    async def _item(self) -> Frame | Mark:
        while not self._items:
            self._items.extend(self._decoder.feed(await self._port.read()))
        return self._items.popleft()

    async def _send(self, sent: bytes) -> None:
        try:
            await within(TAKEN_SECONDS, self._port.write(sent), self._sleep)
        except TimeoutError:
            raise DeviceLost("the PN532 takes nothing in") from None
