"""Reading the log: what a question finds, and whether the chain of entries holds."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec

from core.database import DATABASE_FILE, connect
from core.errors import NotFound, StationError
from core.values.log import KnownEntry, LogCheck, LogEntry, LogQuery

MOST_AT_ONCE = 10_000
FOUND = """
SELECT number, time, kind, account, origin, action, subject, old, new, text FROM log
WHERE number > ? AND number < ? AND time >= ? AND time < ? AND kind IN (?, ?)
AND (? IS NULL OR account = ?)
ORDER BY number
"""
NEWEST_FIRST = f"{FOUND} DESC"
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
    page = tuple(islice(found, most))
    return page if query.oldest else page[::-1]


def _rows(link: sqlite3.Connection, query: LogQuery) -> Iterator[LogEntry]:
    kinds = (query.kind, query.kind) if query.kind else ("audit", "event")
    bounds = (
        _number(query.after, 0),
        _number(query.before, LARGEST),
        _time(query.since, ""),
        _time(query.until, AFTER_ALL),
    )
    sql = FOUND if query.oldest else NEWEST_FIRST
    for row in link.execute(sql, (*bounds, *kinds, query.account, query.account)):
        yield msgspec.convert(dict(zip(LogEntry.__struct_fields__, row, strict=True)), LogEntry)


def _number(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else min(max(0, number), LARGEST)


def _time(moment: datetime | None, otherwise: str) -> str:
    return otherwise if moment is None else moment.astimezone(UTC).isoformat()


def _text(entry: LogEntry) -> str:
    said = (entry.account, entry.origin, entry.action, entry.subject, entry.old, entry.new, entry.text)
    return "\n".join(each for each in said if each).casefold()


def verify(link: sqlite3.Connection, known: KnownEntry | None = None) -> LogCheck:
    """Go through the chain from where it was cut off by age; one entry at a time is held.

    Raises NotFound for a known entry that is no longer kept.
    """
    number, chain = link.execute("SELECT number, hash FROM log_anchor").fetchone() or (0, None)
    first = number + 1
    if chain is None:
        return _checked(first, 0, "", broken=first)
    if known is not None and known.number < first:
        raise NotFound(
            "Entry {number} is no longer kept: the log begins with {first}.", number=known.number, first=first
        )
    for *row, stored in link.execute(WHOLE_CHAIN):
        before, (number, chain) = chain, (number + 1, chained(chain, tuple(row)))
        is_other = known is not None and known.number == number and known.hash != chain
        if is_other or (row[0], stored) != (number, chain):
            return _checked(first, number - 1, before, broken=number)
    # SQLite keeps the highest number that was ever given, so that entries cut off at the end are missed too.
    (highest,) = link.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'log'").fetchone()
    is_cut = number != (highest or 0) or (known is not None and known.number > number)
    return _checked(first, number, chain, broken=number + 1 if is_cut else None)


def _checked(first: int, last: int, chain: str, *, broken: int | None) -> LogCheck:
    return LogCheck(entries=max(0, last - first + 1), first=first, last=last, hash=chain, broken=broken)


def verify_folder(folder: Path, known: KnownEntry | None = None) -> LogCheck:
    """As `verify`, in the data folder of a station that does not run. Raises NotFound, StationError."""
    path = folder / DATABASE_FILE
    if not path.exists():
        raise NotFound("There is no station in {folder}.", folder=folder)
    try:
        with closing(connect(path, read_only=True)) as link:
            return verify(link, known)
    except sqlite3.Error as fault:
        raise StationError("The database cannot be read: {fault}", fault=fault) from None
