"""A reader without hardware, to which badges are presented by a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from core.clock import Clock
from core.readers.reader import Presented, ReaderState, Signal


class SimulatedReader:
    """A reader that can be pulled out and put back; it remembers what it made heard, newest last."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = asyncio.Event()
        self._waiting: list[Presented] = []
        self._is_there = True
        self.signals: tuple[Signal, ...] = ()

    @property
    def is_there(self) -> bool:
        return self._is_there

    def present(self, uid: str) -> None:
        """Hold a badge to it; nothing happens while it is pulled out."""
        if self._is_there:
            self._waiting.append(Presented(uid=uid, at=self._clock.elapsed()))
            self._changed.set()

    def pull_out(self) -> None:
        self._is_there = False
        self._changed.set()

    def put_back(self) -> None:
        self._is_there = True
        self._changed.set()

    async def run(self, presented: Callable[[Presented], None], state: Callable[[ReaderState], None]) -> None:
        """Hand on what is presented, until cancelled."""
        was_there: bool | None = None
        while True:
            if was_there != self._is_there:
                was_there = self._is_there
                state(ReaderState(is_found=was_there, reason="" if was_there else "it was pulled out"))
            waiting, self._waiting = self._waiting, []
            for each in waiting:
                presented(each)
            self._changed.clear()
            await self._changed.wait()

    async def beep(self, signal: Signal) -> None:
        """Remember the last ten signals."""
        if self._is_there:
            self.signals = (*self.signals, signal)[-10:]
