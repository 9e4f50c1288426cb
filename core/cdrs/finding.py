"""Finding charge data records: pages, newest first, quick among a million."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from core.cdrs.table import COLUMNS, FROM, record_of
from core.values.records import ChargeRecord, RecordPage, RecordQuery

FEW_HOLDERS = 50
"""Up to so many badges are looked up one by one; for more, records are read from the newest back."""

Bound = int


def page(link: sqlite3.Connection, query: RecordQuery) -> RecordPage:
    """The page of records that a query asks for, newest first."""
    (newest,) = link.execute("SELECT coalesce(max(number), 0) FROM records").fetchone()
    (oldest,) = link.execute("SELECT coalesce(min(number), 1) FROM records").fetchone()
    total = newest - oldest + 1 if newest else 0
    where, bound = _times(query.since, query.until)
    word = query.find.strip()
    if word:
        found, numbers = _found(link, word, query, where, bound)
    else:
        found = _count(link, where, bound) if where else total
        numbers = _numbers(link, where, bound, query)
    marks = ", ".join(map(str, numbers))
    rows = link.execute(f"SELECT {COLUMNS} {FROM} WHERE r.number IN ({marks}) ORDER BY r.number DESC")
    return RecordPage(records=tuple(record_of(row) for row in rows), found=found, total=total)


def newest_first(
    link: sqlite3.Connection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    last: int | None = None,
) -> Iterator[ChargeRecord]:
    """Records one by one, newest first, for a file; `since` and `until` bound the start time."""
    where, bound = _times(since, until)
    rows = link.execute(
        f"SELECT {COLUMNS} {FROM} {_all(where)} ORDER BY r.number DESC LIMIT ?",
        (*bound, -1 if last is None else last),
    )
    return (record_of(row) for row in rows)


def _found(
    link: sqlite3.Connection, word: str, query: RecordQuery, where: list[str], bound: list[Bound]
) -> tuple[int, list[int]]:
    """How many records a word finds, and the numbers of this page."""
    holders = _holders(link, word)
    by_holder = [f"r.holder IN ({', '.join(map(str, holders))})", *where]
    count = _count(link, by_holder, bound) if holders else 0
    numbers: list[int] = []
    if len(holders) > FEW_HOLDERS:
        # The plus keeps SQLite from sorting everything that these badges ever charged.
        numbers = _numbers(link, [f"+{by_holder[0]}", *where], bound, query)
    else:
        for holder in holders:
            numbers += _numbers(link, [f"r.holder = {holder}", *where], bound, query)
    if word.isdecimal() and len(word) < 19:
        own = ["(r.number = ? OR r.transaction_id = ?)", f"NOT +{by_holder[0]}", *where]
        values = [int(word), int(word), *bound]
        count += _count(link, own, values)
        numbers += _numbers(link, own, values, query)
    return count, sorted(numbers, reverse=True)[: query.last]


def _numbers(
    link: sqlite3.Connection, where: Sequence[str], bound: Sequence[Bound], query: RecordQuery
) -> list[int]:
    if query.before is not None:
        where, bound = [*where, "r.number < ?"], [*bound, query.before]
    rows = link.execute(
        f"SELECT r.number FROM records r {_all(where)} ORDER BY r.number DESC LIMIT ?",  # noqa: S608 - fixed text
        (*bound, query.last),
    )
    return [int(number) for (number,) in rows]


def _count(link: sqlite3.Connection, where: Sequence[str], bound: Sequence[Bound]) -> int:
    (count,) = link.execute(f"SELECT count(*) FROM records r {_all(where)}", bound).fetchone()  # noqa: S608
    return int(count)


def _all(where: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(where)}" if where else ""


def _times(since: datetime | None, until: datetime | None) -> tuple[list[str], list[Bound]]:
    bounds = {"r.started >= ?": since, "r.started < ?": until}
    there = {text: int(time.timestamp()) for text, time in bounds.items() if time is not None}
    return list(there), list(there.values())


def _holders(link: sqlite3.Connection, word: str) -> Sequence[int]:
    rows = link.execute("SELECT id FROM record_holders WHERE instr(words, ?) > 0", (word.casefold(),))
    return [int(number) for (number,) in rows]
