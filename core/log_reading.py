"""Reading the log: what a question finds, and whether the chain of entries holds."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice

import msgspec

from core.values.log import LogCheck, LogEntry, LogQuery

MOST_AT_ONCE = 10_000
FOUND = """
SELECT number, time, kind, account, origin, action, subject, old, new, text FROM log
WHERE number > ? AND number < ? AND time >= ? AND time < ? AND kind IN (?, ?)
AND (? IS NULL OR account = ?)
ORDER BY number DESC
"""
WHOLE_CHAIN = """
SELECT number, time, kind, account, origin, action, subject, old, new, text, hash FROM log ORDER BY number
"""
LARGEST = 2**63 - 1
AFTER_ALL = "~"
"""Sorts behind every time."""


def chained(before: str, row: tuple[object, ...]) -> str:
    """The hash of an entry: of the one before it, and of all that it says."""
    return hashlib.sha256(before.encode() + msgspec.json.encode(row)).hexdigest()


def entries(
    link: sqlite3.Connection, query: LogQuery, seen: Callable[[LogEntry], LogEntry]
) -> tuple[LogEntry, ...]:
    """What `query` asks for, oldest first, each entry as `seen` lets it be seen; only that is looked in."""
    most = max(0, min(query.last, MOST_AT_ONCE))
    wanted = query.find.casefold()
    found = (entry for entry in map(seen, _rows(link, query)) if not wanted or wanted in _text(entry))
    return tuple(reversed(tuple(islice(found, most))))


def _rows(link: sqlite3.Connection, query: LogQuery) -> Iterator[LogEntry]:
    kinds = (query.kind, query.kind) if query.kind else ("audit", "event")
    bounds = (
        _number(query.after, 0),
        _number(query.before, LARGEST),
        _time(query.since, ""),
        _time(query.until, AFTER_ALL),
    )
    for row in link.execute(FOUND, (*bounds, *kinds, query.account, query.account)):
        yield msgspec.convert(dict(zip(LogEntry.__struct_fields__, row, strict=True)), LogEntry)


def _number(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else min(max(0, number), LARGEST)


def _time(moment: datetime | None, otherwise: str) -> str:
    return otherwise if moment is None else moment.astimezone(UTC).isoformat()


def _text(entry: LogEntry) -> str:
    said = (entry.account, entry.origin, entry.action, entry.subject, entry.old, entry.new, entry.text)
    return "\n".join(each for each in said if each).casefold()


def verify(link: sqlite3.Connection) -> LogCheck:
    """Go through the chain from where it was cut off by age; one entry at a time is held."""
    number, chain = link.execute("SELECT number, hash FROM log_anchor").fetchone() or (0, None)
    first = number + 1
    if chain is None:
        return _checked(first, number, broken=first)
    for *row, stored in link.execute(WHOLE_CHAIN):
        number, chain = number + 1, chained(chain, tuple(row))
        if (row[0], stored) != (number, chain):
            return _checked(first, number - 1, broken=number)
    # SQLite keeps the highest number that was ever given, so that entries cut off at the end are missed too.
    (highest,) = link.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'log'").fetchone()
    return _checked(first, number, broken=None if number == (highest or 0) else number + 1)


def _checked(first: int, last: int, *, broken: int | None) -> LogCheck:
    return LogCheck(entries=last - first + 1, first=first, last=last, broken=broken)
