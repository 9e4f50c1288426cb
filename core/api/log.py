"""The part of the seam that is about the audit and event log."""

from __future__ import annotations

from typing import Protocol

from core.values.log import KnownEntry, LogCheck, LogEntry, LogQuery


class LogStation(Protocol):
    """What `core.api.Station` has for the log."""

    async def log(self, query: LogQuery) -> tuple[LogEntry, ...]: ...

    async def verify_log(self, known: KnownEntry | None = None) -> LogCheck:
        """Go through the whole chain of entries that are kept.

        With `known` an entry must still have the hash that an earlier check said, as it has not where
        somebody wrote a whole new chain. Raises NotFound when that entry is no longer kept.
        """
