"""Watching over what runs for long: what fails is logged, reported and started again."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.errors import StationError

T = TypeVar("T")
log = logging.getLogger(__name__)

SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
WELL_AFTER = 60.0


async def contained(work: Awaitable[T]) -> T:
    """Return what `work` gives; a fault inside core is logged and becomes a StationError."""
    try:
        return await work
    except StationError:
        raise
    except Exception:
        log.exception("a call failed inside the station")
        raise StationError(
            "Something went wrong inside the station. It is in the station's own log."
        ) from None


class Supervisor:
    """Owns the long tasks of the station.

    `report(name, failing)` says when a task has failed and when it has run well for a minute again.
    `pause` waits between two starts.
    """

    def __init__(
        self,
        report: Callable[[str, bool], None],
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._report = report
        self._pause = pause
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` until it returns; started again after a fault, later each time up to a minute."""
        task = asyncio.create_task(self._watched(name, work), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End all tasks and wait for their end."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _watched(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        pause = SHORTEST_PAUSE
        well: asyncio.TimerHandle | None = None
        while True:
            started = time.monotonic()
            try:
                await work()
                return
            except Exception:
                log.exception("%s failed and starts again in %.0f s", name, pause)
            finally:
                if well is not None:
                    well.cancel()
            self._report(name, True)
            if time.monotonic() - started > WELL_AFTER:
                pause = SHORTEST_PAUSE
            await self._pause(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
            well = asyncio.get_running_loop().call_later(WELL_AFTER, self._report, name, False)
