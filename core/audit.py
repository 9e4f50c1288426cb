"""The log of the station: who did what and what happened, as a chain that shows when it was altered."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from core import log_reading
from core.api import KnownEntry, LogCheck, LogEntry, LogQuery
from core.clock import Clock
from core.events import AnyEvent, LogAdded
from core.log_reading import chained
from core.storage import Storage

KEPT = 50_000
PRUNED_AT_ONCE = 1_000
LONGEST_TEXT = 2_000

SCHEMA = """
CREATE TABLE IF NOT EXISTS log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL, origin TEXT NOT NULL,
    action TEXT NOT NULL, subject TEXT NOT NULL, old TEXT, new TEXT, text TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS log_anchor (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), number INTEGER NOT NULL, hash TEXT NOT NULL
);
INSERT OR IGNORE INTO log_anchor VALUES (1, 0, '');
"""
INSERT = """
INSERT INTO log (number, time, kind, account, origin, action, subject, old, new, text, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be logged; the time and the number come when it is stored."""

    kind: Literal["audit", "event"]
    action: str
    account: str = "station"
    origin: str = ""
    subject: str = ""
    old: str | None = None
    new: str | None = None
    text: str = ""


def append(link: sqlite3.Connection, note: Note, now: datetime) -> int:
    """Store a note in the transaction of what it reports; return its number."""
    last = link.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone()
    number, before = last or link.execute("SELECT number, hash FROM log_anchor").fetchone()
    row = (
        number + 1,
        now.astimezone(UTC).isoformat(),
        note.kind,
        note.account,
        note.origin,
        note.action,
        note.subject,
        _cut(note.old),
        _cut(note.new),
        note.text[:LONGEST_TEXT],
    )
    link.execute(INSERT, (*row, chained(before, row)))
    _prune(link, number + 1)
    return int(number) + 1


def _cut(text: str | None) -> str | None:
    return None if text is None else text[:LONGEST_TEXT]


def _prune(link: sqlite3.Connection, newest: int) -> None:
    (anchor,) = link.execute("SELECT number FROM log_anchor").fetchone()
    if newest - anchor < KEPT + PRUNED_AT_ONCE:
        return
    last = newest - KEPT
    (chain,) = link.execute("SELECT hash FROM log WHERE number = ?", (last,)).fetchone()
    link.execute("UPDATE log_anchor SET number = ?, hash = ?", (last, chain))
    link.execute("DELETE FROM log WHERE number <= ?", (last,))


def _whole(entry: LogEntry) -> LogEntry:
    return entry


class Audit:
    """Where everybody in core reports to."""

    def __init__(self, storage: Storage, clock: Clock, announce: Callable[[AnyEvent], None]) -> None:
        self._storage = storage
        self._clock = clock
        self._announce = announce
        self.newest = 0
        """The number of the last entry that this run has stored."""

    async def note(self, note: Note) -> int:
        """Store a note, announce it, return its number; raises StorageFull."""
        number = await self._storage.write(lambda link: append(link, note, self._clock.now()))
        self.stored(number)
        return number

    def note_when_possible(self, note: Note) -> None:
        """Store a note as soon as there is room: for what cannot be refused because it has happened."""
        now = self._clock.now()
        self._storage.write_when_possible(lambda link: append(link, note, now)).add_done_callback(self._done)

    def _done(self, stored: asyncio.Future[int]) -> None:
        if not stored.cancelled():
            self.stored(stored.result())

    def stored(self, number: int) -> None:
        """Announce an entry that was stored in somebody's own transaction."""
        self.newest = max(self.newest, number)
        self._announce(LogAdded(number=number))

    async def entries(
        self, query: LogQuery, seen: Callable[[LogEntry], LogEntry] = _whole
    ) -> tuple[LogEntry, ...]:
        """What a question finds, oldest first, in what `seen` leaves of each entry."""
        return await self._storage.read(lambda link: log_reading.entries(link, query, seen))

    async def verify(self, known: KnownEntry | None = None) -> LogCheck:
        """Raises NotFound for a known entry that is no longer kept."""
        return await self._storage.read(lambda link: log_reading.verify(link, known))
