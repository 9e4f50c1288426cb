"""Security events, told to the central system in order from the station's log, each until it is taken."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import msgspec

from core.audit import Audit
from core.ocpp.frames import Payload
from core.ocpp.kept import Kept
from core.ocpp.security.event_types import event_of, told
from core.ocpp.topic import Saying, written_time
from core.storage import Storage
from core.values.log import LogEntry, LogQuery

ACTION = "SecurityEventNotification"
KEPT = "security_events"
LOOKED_AT_ONCE = 200
MOST_TRIES = 3


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The number of the last log entry that needs not be looked at any more."""

    number: int


class SecurityEvents:
    """The log is the queue: it is kept over restarts, and as long as 50,000 entries.

    `wanted` says whether the link is protected (security profile 1 and above); else events are left out.
    """

    def __init__(self, storage: Storage, audit: Audit, kept: Kept, wanted: Callable[[], bool]) -> None:
        self._storage = storage
        self._audit = audit
        self._kept = kept
        self._wanted = wanted
        self._number = 0
        self._tries = 0
        self._seen_up_to = -1

    async def open(self) -> None:
        """Go on behind the last event that was told."""
        kept = await self._kept.load(KEPT, Told)
        if kept is None:
            await self.skip()
        else:
            self._number = kept.number

    async def skip(self) -> None:
        """What has happened so far is none of the central system's business."""
        self._looked_at(await self._storage.read(_newest))

    async def next(self, *, accepted: bool) -> Saying | None:
        newest = self._audit.newest
        if not accepted or newest == self._seen_up_to:
            return None
        query = LogQuery(after=self._number, oldest=True, last=LOOKED_AT_ONCE)
        entries = await self._audit.entries(query)
        for entry in entries:
            event = event_of(entry)
            if event and self._wanted():
                return self._saying(event, entry)
            self._number = entry.number
        if len(entries) < LOOKED_AT_ONCE:
            self._seen_up_to = newest
        return None

    def _saying(self, event: str, entry: LogEntry) -> Saying:
        payload = {"type": event, "timestamp": written_time(entry.time), "techInfo": told(entry)}

        async def answered(_: Payload) -> None:
            self._looked_at(entry.number)

        async def failed(code: str) -> None:
            self._tries += 1
            if code or self._tries >= MOST_TRIES:
                self._looked_at(entry.number)

        return Saying(
            action=ACTION, payload=payload, answered=answered, failed=failed, id=f"event-{entry.number}"
        )

    def _looked_at(self, number: int) -> None:
        self._number, self._tries = number, 0
        self._kept.keep_when_possible(KEPT, Told(number=number))


def _newest(link: sqlite3.Connection) -> int:
    (number,) = link.execute("SELECT coalesce(max(number), 0) FROM log").fetchone()
    return int(number)
