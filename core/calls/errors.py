"""The call on the station's errors over time."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from core.caller import Caller
from core.values.error_records import ErrorQuery, ErrorRecord

LAST_WRITES_SECONDS: Final = 1.0
"""So long the history waits for what is about to be stored; a disk that is full stores nothing."""


class ErrorCalls(Caller):
    """The part of `api.Station` that is about errors."""

    async def error_history(self, query: ErrorQuery) -> tuple[ErrorRecord, ...]:
        self._may("status")
        if not (self._parts.storage.is_full or self._parts.storage.is_damaged):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._parts.storage.flush(), LAST_WRITES_SECONDS)
        return await self._parts.error_history.find(query)
