"""The part of the seam that is about the audit and event log."""

from __future__ import annotations

from typing import Protocol

from core.values.log import LogCheck, LogEntry, LogQuery


class LogStation(Protocol):
    """What `core.api.Station` has for the log."""

    async def log(self, query: LogQuery) -> tuple[LogEntry, ...]: ...

    async def verify_log(self) -> LogCheck:
        """Go through the whole chain of entries that are kept."""
