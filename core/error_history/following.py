"""Follows the errors that are active and keeps what comes, changes and goes."""

from __future__ import annotations

from collections.abc import Callable

from core.clock import Clock
from core.error_history import table
from core.errors import Invalid
from core.storage import Storage
from core.values.error_records import MOST_ERROR_RECORDS, ErrorQuery, ErrorRecord
from core.values.status import ErrorStatus


class ErrorHistory:
    """The station's errors over time; `active` asks for those of this moment."""

    def __init__(self, storage: Storage, clock: Clock, active: Callable[[], tuple[ErrorStatus, ...]]) -> None:
        self._storage = storage
        self._clock = clock
        self._active = active
        self._open: dict[tuple[int, int | None], ErrorStatus] = {}
        self._has_begun = False

    async def start(self) -> None:
        """Close what a restart or a death of the station left open."""
        now = self._clock.now()
        await self._storage.write(lambda link: table.close_all(link, now))
        self._has_begun = True

    def look(self) -> None:
        """Keep what is new since the last look; never waits."""
        if not self._has_begun:
            return
        active = {(error.number, error.point): error for error in self._active()}
        before, self._open = self._open, active
        for key, error in active.items():
            was = before.get(key)
            if was is None:
                self._keep_raised(error)
            elif was != error:
                self._keep_changed(error, (error.since - was.since).total_seconds())
        for key, error in before.items():
            if key not in active:
                self._keep_cleared(error)

    async def find(self, query: ErrorQuery) -> tuple[ErrorRecord, ...]:
        """The errors asked for, those that last first, then the newest. Raises Invalid."""
        if not 1 <= query.last <= MOST_ERROR_RECORDS:
            raise Invalid(
                "The number of errors is 1 to {most}, got {got}", most=MOST_ERROR_RECORDS, got=query.last
            )
        return await self._storage.read(lambda link: table.find(link, query))

    def _keep_raised(self, error: ErrorStatus) -> None:
        self._storage.write_when_possible(lambda link: table.raised(link, error))

    def _keep_changed(self, error: ErrorStatus, seconds: float) -> None:
        self._storage.write_when_possible(lambda link: table.changed(link, error, seconds))

    def _keep_cleared(self, error: ErrorStatus) -> None:
        now = self._clock.now()
        self._storage.write_when_possible(lambda link: table.cleared(link, error, now))
