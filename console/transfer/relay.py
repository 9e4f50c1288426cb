"""Carries ZMODEM between a terminal and sz or rz, until it is done or will never be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from console.transfer.late_frames import OVER_AND_OUT
from console.transfer.lent_terminal import LentTerminal
from console.transfer.lrzsz import Partner
from console.transfer.zmodem_frames import CANCEL, ZFIN, ZSKIP, FrameReader
from screens.file_channel import Told

BEGINS_WITHIN_S: Final = 120.0
"""Somebody has to choose a file, or to start the receiver by hand."""
GOES_ON_WITHIN_S: Final = 45.0
"""lrzsz asks again after ten seconds of silence."""
LOOK_S: Final = 0.3
KEYS: Final = (b"\x03", b"\x1b")
"""^C and Esc cancel, each alone in what arrives."""


class Ending(Enum):
    """How a transfer ended."""

    DONE = "done"
    CANCELLED_HERE = "cancelled here"
    CANCELLED_THERE = "cancelled there"
    REFUSED = "refused"
    SILENT = "silent"
    STALLED = "stalled"
    TOO_LARGE = "too large"
    FAILED = "failed"


@dataclass
class Relay:
    """One transfer. `chunk` bytes go out at a time; more than `most_in` bytes never come in.

    `elapsed`: seconds of a clock that is never set.
    """

    terminal: LentTerminal
    partner: Partner
    told: Told
    chunk: int
    most_in: int | None = None
    elapsed: Callable[[], float] = time.monotonic
    farewells: int = 0
    """How often the other end has said that it is finished."""
    _reader: FrameReader = field(default_factory=FrameReader)
    _headers: set[int] = field(default_factory=set)
    _moved: float = 0.0
    _came: int = 0
    _was_helped: bool = False

    async def run(self) -> Ending:
        """Until the program has ended, or somebody ends it. Raises NotTransferred for a stuck wire."""
        self._moved = self.elapsed()
        out = asyncio.create_task(self._carry_out(), name="zmodem out")
        try:
            while not out.done():
                ending = await self._carry_in()
                if ending is not None:
                    return ending
            await out
            code = await self.partner.process.wait()
        finally:
            out.cancel()
            await asyncio.gather(out, return_exceptions=True)
            self.partner.kill()
        return self._ending(code)

    async def _carry_out(self) -> None:
        while True:
            await self.terminal.free()
            data = await self.partner.read(self.chunk)
            if not data:
                return
            self.terminal.write(data)
            if self._headers:
                self._has_moved()

    async def _carry_in(self) -> Ending | None:
        data = await self.terminal.arrived(LOOK_S)
        if not data:
            if self.most_in is not None and ZFIN in self._headers and not self._was_helped:
                # The sender has said all; a terminal that closes may have swallowed its last word.
                self._was_helped = True
                await self.partner.write(OVER_AND_OUT)
            return self._late()
        began_within = self._reader.within
        found, typed = self._reader.feed(data)
        self._headers.update(found)
        self.farewells += found.count(ZFIN)
        if typed == data and typed in KEYS:
            return Ending.CANCELLED_HERE
        if not (self._headers or began_within or self._reader.within):
            return self._late()
        self._has_moved()
        self._came += len(data)
        if self.most_in is not None and self._came > self.most_in:
            return Ending.TOO_LARGE
        await self.partner.write(data)
        return None

    def _has_moved(self) -> None:
        self._moved = self.elapsed()
        self.told()

    def _late(self) -> Ending | None:
        silence = self.elapsed() - self._moved
        if not self._headers:
            return Ending.SILENT if silence > BEGINS_WITHIN_S else None
        return Ending.STALLED if silence > GOES_ON_WITHIN_S else None

    def _ending(self, code: int) -> Ending:
        if self.partner.wrote_too_much:
            return Ending.TOO_LARGE
        if CANCEL in self._headers:
            return Ending.CANCELLED_THERE
        if ZSKIP in self._headers:
            return Ending.REFUSED
        if not self._headers:
            return Ending.SILENT
        return Ending.DONE if code == 0 else Ending.FAILED
