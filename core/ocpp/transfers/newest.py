"""Work on the newest order only: another one ends the work on the one before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Whoever orders, and whoever works; `under_way` is the order that is worked on."""

    def __init__(self) -> None:
        self._ordered: T | None = None
        self._came = asyncio.Event()
        self.under_way: T | None = None

    def put(self, order: T) -> bool:
        """Work on this one; True when another is given up for it."""
        takes_place = self._ordered is not None or self.under_way is not None
        self._ordered = order
        self._came.set()
        return takes_place

    async def run(self, work: Callable[[T], Awaitable[None]]) -> None:
        """Do `work` for each order, until cancelled."""
        while True:
            await self._came.wait()
            self._came.clear()
            order, self._ordered = self._ordered, None
            if order is None:
                continue
            self.under_way = order
            tasks = (asyncio.ensure_future(work(order)), asyncio.ensure_future(self._came.wait()))
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                self.under_way = None
