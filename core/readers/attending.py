"""The station's own reader: its badges go where they belong, its loss is an error of the station."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.audit import Note
from core.clock import Clock
from core.errors import NotAllowed, StationError
from core.faults import FAULTS
from core.readers.reader import Presented, Reader, ReaderState
from core.readers.simulated import SimulatedReader
from core.values.status import ErrorStatus

log = logging.getLogger(__name__)

READER_LOST = 1
MOST_WAITING = 16
"""Badges; more than anybody presents while one is looked up. Those beyond it are left out."""


class AttendedReader:
    """A reader with somebody who takes its badges: `take` gets each identifier, one after the other.

    `note` writes to the log and `changed` tells whoever watches; neither waits.
    """

    def __init__(
        self,
        reader: Reader,
        clock: Clock,
        take: Callable[[str], Awaitable[object]],
        note: Callable[[Note], None],
        changed: Callable[[], None],
    ) -> None:
        self._reader = reader
        self._clock = clock
        self._take = take
        self._note = note
        self._changed = changed
        self._waiting: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
        self._lost_since: datetime | None = None
        self.version = ""

    async def run(self) -> None:
        """Attend to the reader until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._reader.run(self._presented, self._state))
            group.create_task(self._hand_on())

    def shift(self, seconds: float) -> None:
        """The wall clock was set: a reader that was lost on the wrong clock is told on the right one."""
        if self._lost_since is not None:
            self._lost_since += timedelta(seconds=seconds)

    def errors(self) -> tuple[ErrorStatus, ...]:
        """Err #1 while the reader is lost. Charging goes on without it."""
        if self._lost_since is None:
            return ()
        fault = FAULTS[READER_LOST]
        return (
            ErrorStatus(
                number=fault.number,
                name=fault.name,
                point=None,
                since=self._lost_since,
                advice=fault.advice,
                tab=fault.tab,
                sub_tab=fault.sub_tab,
            ),
        )

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
        was_lost = self._lost_since is not None
        self.version = state.version
        if state.is_found == was_lost:
            self._lost_since = None if state.is_found else self._clock.now()
            number = f"Err #{READER_LOST}"
            if state.is_found:
                self._note(Note(kind="event", action="error_cleared", subject="badge reader", old=number))
            else:
                self._note(
                    Note(
                        kind="event",
                        action="error_raised",
                        subject="badge reader",
                        new=number,
                        text=state.reason,
                    )
                )
        self._changed()
