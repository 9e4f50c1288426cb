"""The facts that wait for the supervision, one after the other, as whoever tells them asks for them."""

from __future__ import annotations

import asyncio

from core.storage import Storage
from core.transactions import table
from core.transactions.facts import WaitingFact


class TransactionFacts:
    """`arrived` is set whenever facts may have been stored, and at the start.

    Who waits for it clears it before asking for the next.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.arrived = asyncio.Event()

    async def next(self, after: int = 0) -> WaitingFact | None:
        """The oldest fact that waits and has a number above `after`; None where there is none."""
        return await self._storage.read(lambda link: table.following(link, after))

    async def acknowledge(self, number: int) -> None:
        """A fact has been told and is forgotten. Raises StorageFull, and then it is still there."""
        await self._storage.write(lambda link: table.drop(link, number))

    async def waiting(self) -> int:
        """How many facts wait."""
        return await self._storage.read(table.waiting)
