"""The call on the station's errors over time."""

from __future__ import annotations

from core.caller import Caller
from core.values.error_records import ErrorQuery, ErrorRecord


class ErrorCalls(Caller):
    """The part of `api.Station` that is about errors."""

    async def error_history(self, query: ErrorQuery) -> tuple[ErrorRecord, ...]:
        self._may("status")
        await self._parts.storage.flush()
        return await self._parts.error_history.find(query)
