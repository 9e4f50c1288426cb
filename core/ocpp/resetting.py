"""A reset that the central system has ordered: charges end, it is told so, the station restarts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

from core.ocpp.delivering import Delivering
from core.ocpp.waits import Waits
from core.serving import Serving

Reset = Literal["soft_reset", "hard_reset"]
LOOK_EVERY_S = 1.0


async def _nobody() -> None:
    """Nobody can restart this station."""


class Resetting:
    """`patience` gives s that a soft reset waits at most until the ends of charges are delivered."""

    def __init__(
        self, charging: Serving, delivering: Delivering, waits: Waits, patience: Callable[[], int]
    ) -> None:
        self._charging = charging
        self._delivering = delivering
        self._waits = waits
        self._patience = patience
        self._ordered: Reset | None = None
        self._work: asyncio.Task[None] | None = None
        self.restart: Callable[[], Awaitable[None]] = _nobody
        """Restarts the station; whoever owns it sets this."""

    def order(self, how: Reset) -> None:
        """Reset with the next tick, when the order for it has been answered."""
        self._ordered = self._ordered or how

    def tick(self) -> None:
        if self._ordered is not None and self._work is None:
            self._work = asyncio.create_task(self._reset(self._ordered), name="reset by the supervision")

    async def _reset(self, how: Reset) -> None:
        await self._charging.end_all(how)
        passed = 0.0
        while how == "soft_reset" and self._delivering.waiting and passed < self._patience():
            await self._waits.sleep(LOOK_EVERY_S)
            passed += LOOK_EVERY_S
        await self.restart()
