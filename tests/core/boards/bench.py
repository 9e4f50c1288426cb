"""Where a real board's driver is tried: it runs, and what it reads is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from core.boards.polled import PolledBoard
from core.charge_points.hardware import Offer, Readings
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock


class Bench:
    """`board` runs on a clock of its own; `thinks` are the seconds for which a board may think."""

    def __init__(self, board: PolledBoard, clock: HandClock, thinks: frozenset[float]) -> None:
        self.board = board
        self.clock = clock
        self.thinks = thinks
        self._changed = asyncio.Event()
        board.changed = self._changed.set

    @property
    def readings(self) -> Readings | None:
        return self.board.readings(self.clock.elapsed())

    def offer(self, current: float, *, closed: bool = False, available: bool = True) -> None:
        self.board.apply(Offer(current=current, closed=closed, available=available), self.clock.elapsed())

    async def reads(self, holds: Callable[[Readings], bool]) -> Readings:
        """Let rounds pass until the board reads this."""
        await self.until(lambda: self.readings is not None and holds(self.readings))
        assert self.readings is not None
        return self.readings

    async def answers(self) -> Readings:
        """Let rounds pass until the board reads anything."""
        return await self.reads(lambda _: True)

    async def notices(self, holds: Callable[[Readings], bool]) -> None:
        """Wait until the board reads this, while time stands still."""
        async with asyncio.timeout(GUARD_SECONDS):
            while self.readings is None or not holds(self.readings):
                self._changed.clear()
                await self._changed.wait()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let rounds pass until this holds; time stands still while the board is to answer."""
        async with asyncio.timeout(GUARD_SECONDS):
            while not holds():
                await self.clock.passes_to_the_next(unless=self.thinks)

    async def rounds(self, count: int) -> None:
        """Let so many rounds pass."""
        async with asyncio.timeout(GUARD_SECONDS):
            for _ in range(count):
                await self.clock.passes_to_the_next(unless=self.thinks)

    async def is_silent(self) -> None:
        """Let all that waits wait in vain, until the board counts as silent."""
        async with asyncio.timeout(GUARD_SECONDS):
            while self.readings is not None:
                await self.clock.passes_to_the_next()

    async def is_silent_beside(self, other: Bench) -> None:
        """Let all that waits wait in vain where this board is asked, until it counts as silent."""
        async with asyncio.timeout(GUARD_SECONDS):
            while self.readings is not None:
                await self.clock.passes_to_the_next()
                await other.board.told()


@asynccontextmanager
async def bench(board: PolledBoard, clock: HandClock, thinks: frozenset[float]) -> AsyncIterator[Bench]:
    """Run a board until the end of the block; an error of it is the test's."""
    found = Bench(board, clock, thinks)
    task = asyncio.create_task(board.run())
    try:
        yield found
    finally:
        task.cancel()
        (end,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(end, asyncio.CancelledError), end
