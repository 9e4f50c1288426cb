"""A serial reader that sends lines and beeps when it is sent something."""

from __future__ import annotations

import asyncio

from tests.core.readers.models.line_end import LineEnd


class AsciiLineModel:
    """`end` is what it sends behind each identifier; `beeped` is what it was sent."""

    def __init__(self, line: LineEnd, *, end: bytes = b"\r\n") -> None:
        self.line = line
        line.on_received = self._received
        self.end = end
        self.beeped = b""
        self._beeping = asyncio.Event()

    def hold_badge(self, uid: str) -> None:
        self.line.send(uid.encode("ascii") + self.end)

    async def has_beeped(self, count: int) -> None:
        """Wait for so many bytes."""
        while len(self.beeped) < count:
            self._beeping.clear()
            await self._beeping.wait()

    def _received(self, received: bytes) -> None:
        self.beeped += received
        self._beeping.set()
