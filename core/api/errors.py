"""The part of the seam that is about the station's errors over time."""

from __future__ import annotations

from typing import Protocol

from core.values.error_records import ErrorQuery, ErrorRecord


class ErrorStation(Protocol):
    """What an account may ask of past errors, as `api.Station` does; `status()` has those of now."""

    async def error_history(self, query: ErrorQuery) -> tuple[ErrorRecord, ...]:
        """The errors as they came and went, those that last first, then the newest. Raises Invalid."""
