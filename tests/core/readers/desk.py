"""Where a reader is tried: it runs, and what it reports is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from core.profile import DriverLink
from core.readers import Presented, Reader, ReaderState, make_reader
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock


class Desk:
    """`presented` and `states` are what the reader reported so far, in order."""

    def __init__(self, reader: Reader, clock: HandClock) -> None:
        self.reader = reader
        self.clock = clock
        self.presented: list[Presented] = []
        self.states: list[ReaderState] = []
        self._changed = asyncio.Event()

    @property
    def uids(self) -> list[str]:
        return [each.uid for each in self.presented]

    def note_badge(self, badge: Presented) -> None:
        self.presented.append(badge)
        self._changed.set()

    def note_state(self, state: ReaderState) -> None:
        self.states.append(state)
        self._changed.set()

    async def sees(self, *uids: str) -> None:
        """Wait for the next badge and compare all there were."""
        await self._until(lambda: len(self.presented) >= len(uids))
        assert self.uids == list(uids)

    async def is_found(self) -> ReaderState:
        """Wait until the reader is found."""
        await self._until(lambda: bool(self.states) and self.states[-1].is_found)
        return self.states[-1]

    async def is_lost(self) -> ReaderState:
        """Wait until the reader is lost."""
        await self._until(lambda: bool(self.states) and not self.states[-1].is_found)
        return self.states[-1]

    async def is_lost_in_time(self) -> ReaderState:
        """Let all that waits wait in vain, until the reader is lost."""
        while not self.states or self.states[-1].is_found:
            await self.clock.passes_to_the_next()
        return self.states[-1]

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(GUARD_SECONDS):
            while not holds():
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def desk(reader: Reader, clock: HandClock) -> AsyncIterator[Desk]:
    """Run a reader until the end of the block; an error of it is the test's."""
    found = Desk(reader, clock)
    task = asyncio.create_task(reader.run(found.note_badge, found.note_state))
    try:
        yield found
    finally:
        task.cancel()
        (end,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(end, asyncio.CancelledError), end


@asynccontextmanager
async def desk_at(driver: str, link: str) -> AsyncIterator[Desk]:
    """Run the reader of a link."""
    clock = HandClock()
    async with desk(make_reader(DriverLink(driver=driver, link=link), clock, pace=clock), clock) as found:
        yield found
