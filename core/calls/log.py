"""The calls on the audit and event log."""

from __future__ import annotations

from functools import partial

from core import access
from core.api import KnownEntry, LogCheck, LogEntry, LogQuery
from core.caller import Caller


class LogCalls(Caller):
    """The part of `api.Station` that is about the log."""

    async def log(self, query: LogQuery) -> tuple[LogEntry, ...]:
        self._may("log")
        return await self._parts.audit.entries(query, partial(access.entry_for, self._actor.account))

    async def verify_log(self, known: KnownEntry | None = None) -> LogCheck:
        self._may("log")
        return await self._parts.audit.verify(known)
