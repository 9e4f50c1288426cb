"""The station's own reader: its badges go where they belong, its loss is an error of the station."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from core.causes import Causes
from core.errors import NotAllowed, StationError
from core.readers.reader import Presented, Reader, ReaderState
from core.readers.simulated import SimulatedReader

log = logging.getLogger(__name__)

READER_LOST = 1
MOST_WAITING = 16
"""Badges; more than anybody presents while one is looked up. Those beyond it are left out."""


class AttendedReader:
    """A reader with somebody who takes its badges: `take` gets each identifier, one after the other.

    Its loss is told to `causes`, and `changed` tells whoever watches; it does not wait.
    """

    def __init__(
        self,
        reader: Reader,
        take: Callable[[str], Awaitable[object]],
        causes: Causes,
        changed: Callable[[], None],
    ) -> None:
        self._reader = reader
        self._take = take
        self._causes = causes
        self._changed = changed
        self._waiting: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
        self.version = ""

    async def run(self) -> None:
        """Attend to the reader until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._reader.run(self._presented, self._state))
            group.create_task(self._hand_on())

    def set_fault(self, on: bool) -> None:
        """Pull a simulated reader out, or put it back. Raises NotAllowed for a real one."""
        if not isinstance(self._reader, SimulatedReader):
            raise NotAllowed("Only on a simulated reader")
        if on:
            self._reader.pull_out()
        else:
            self._reader.put_back()

    @property
    def is_pulled_out(self) -> bool:
        """Whether a simulated reader is away; never for a real one."""
        return isinstance(self._reader, SimulatedReader) and not self._reader.is_there

    def _presented(self, badge: Presented) -> None:
        if not self._waiting.full():
            self._waiting.put_nowait(badge.uid)

    async def _hand_on(self) -> None:
        while True:
            uid = await self._waiting.get()
            try:
                await self._take(uid)
            except StationError as refused:
                log.warning("a badge was not taken: %s", refused)

    def _state(self, state: ReaderState) -> None:
        """Err #1 while the reader is lost. Charging goes on without it."""
        self.version = state.version
        lost = not state.is_found
        self._causes.set(READER_LOST, lost, cause=state.reason if lost else "", subject="badge reader")
        self._changed()
