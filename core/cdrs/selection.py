"""Which records a query is about: its filters as SQL, and how many each of them leaves."""

from __future__ import annotations

import json
import math
import sqlite3
from datetime import datetime
from typing import Protocol

import msgspec

from core.values.records import RecordTotals

DAY = 86_400
SUM = "coalesce(sum(count), 0), coalesce(sum(energy_wh), 0), coalesce(sum(duration_s), 0)"
COUNTED = "count(*), coalesce(sum(r.energy_wh), 0), coalesce(sum(r.duration_s), 0)"

Sums = tuple[int, int, int]
"""Count, Wh, s."""


class Filters(Protocol):
    """The filters of RecordQuery and of RecordExport."""

    @property
    def find(self) -> str: ...
    @property
    def since(self) -> datetime | None: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def point(self) -> int | None: ...
    @property
    def badge(self) -> str | None: ...


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Start times in s (`since` included, `until` not), and the numbers between which all of them lie."""

    since: int
    until: int
    first: int
    last: int


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """The filters, looked up. `holders`: ids of badges with their comments; None: all.

    At most so many records are selected (`most`), all of which `index` finds. `sums`: what is selected,
    where the running totals know it.
    """

    holders: tuple[int, ...] | None
    bounds: Bounds | None
    point: int | None
    index: str
    most: int
    sums: Sums | None

    @property
    def where(self) -> tuple[list[str], list[object]]:
        """Conditions on `records r`, and their values."""
        texts: list[str] = []
        values: list[object] = []
        if self.holders is not None:
            texts.append("r.holder IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self.holders))
        if self.bounds is not None:
            texts += ["r.started >= ?", "r.started < ?", "r.number BETWEEN ? AND ?"]
            values += [self.bounds.since, self.bounds.until, self.bounds.first, self.bounds.last]
        if self.point is not None:
            texts.append("r.socket = ?")
            values.append(self.point)
        return texts, values


def selected(link: sqlite3.Connection, filters: Filters) -> Selection:
    """Look the filters of a query up in the running totals."""
    word = filters.find.strip().casefold()
    holders = None if not word and filters.badge is None else _holders(link, word, filters.badge)
    bounds = _bounds(link, filters)
    of_point = _of_point(link, filters.point)
    of_days = of_holders = None
    counts = {"records_point" if filters.point is not None else "": of_point[0]}
    if bounds is not None:
        of_days = _of_days(link, bounds, filters.point)
        counts["records_started"] = of_days[0]
    if holders is not None:
        of_holders = _of_holders(link, holders, filters.point)
        counts["records_holder"] = of_holders[0]
    index = min(counts, key=counts.__getitem__)
    return Selection(
        holders=holders,
        bounds=bounds,
        point=filters.point,
        index=index,
        most=counts[index],
        sums=None if of_days and of_holders else of_days or of_holders or of_point,
    )


def totals(link: sqlite3.Connection, selection: Selection) -> RecordTotals:
    """Count what is selected and add it up; looks at records only for a badge within bounds."""
    if selection.sums is not None:
        return as_totals(selection.sums)
    texts, values = selection.where
    row = link.execute(
        f"SELECT {COUNTED} FROM records r INDEXED BY {selection.index} WHERE {' AND '.join(texts)}",  # noqa: S608
        values,
    ).fetchone()
    return as_totals(row)


def as_totals(sums: Sums) -> RecordTotals:
    count, energy_wh, duration_s = sums
    return RecordTotals(count=count, energy_kwh=energy_wh / 1000, duration_s=duration_s)


def all_there_are(link: sqlite3.Connection) -> int:
    """How many records the station has."""
    return _of_point(link, None)[0]


def _holders(link: sqlite3.Connection, word: str, badge: str | None) -> tuple[int, ...]:
    rows = link.execute(
        "SELECT id FROM record_holders WHERE (? = '' OR instr(words, ?) > 0)"
        " AND (? IS NULL OR uid = ? COLLATE NOCASE)",
        (word, word, badge, None if badge is None else badge.strip()),
    )
    return tuple(number for (number,) in rows)


def _of_point(link: sqlite3.Connection, point: int | None) -> Sums:
    found: Sums = link.execute(
        f"SELECT {SUM} FROM record_sums WHERE ? IS NULL OR socket = ?",  # noqa: S608 - fixed text
        (point, point),
    ).fetchone()
    return found


def _of_holders(link: sqlite3.Connection, holders: tuple[int, ...], point: int | None) -> Sums:
    found: Sums = link.execute(
        f"SELECT {SUM} FROM record_shares WHERE holder IN (SELECT value FROM json_each(?))"  # noqa: S608
        " AND (? IS NULL OR socket = ?)",
        (json.dumps(holders), point, point),
    ).fetchone()
    return found


def _bounds(link: sqlite3.Connection, filters: Filters) -> Bounds | None:
    if filters.since is None and filters.until is None:
        return None
    since = _seconds(filters.since, -(2**62))
    until = max(since, _seconds(filters.until, 2**62))
    first, last = link.execute(
        "SELECT coalesce(min(first), 1), coalesce(max(last), 0) FROM record_days WHERE day BETWEEN ? AND ?",
        (since // DAY, until // DAY),
    ).fetchone()
    return Bounds(since=since, until=until, first=first, last=last)


def _of_days(link: sqlite3.Connection, bounds: Bounds, point: int | None) -> Sums:
    """Whole UTC days from the running totals, the rest of the first and of the last one by their records."""
    first_whole, after_whole = -(-bounds.since // DAY), bounds.until // DAY
    if first_whole >= after_whole:
        return _between(link, bounds.since, bounds.until, point)
    found = [
        link.execute(
            f"SELECT {SUM} FROM record_days WHERE day >= ? AND day < ? AND (? IS NULL OR socket = ?)",  # noqa: S608
            (first_whole, after_whole, point, point),
        ).fetchone(),
        _between(link, bounds.since, first_whole * DAY, point),
        _between(link, after_whole * DAY, bounds.until, point),
    ]
    count, energy_wh, duration_s = map(sum, zip(*found, strict=True))
    return count, energy_wh, duration_s


def _between(link: sqlite3.Connection, since: int, until: int, point: int | None) -> Sums:
    found: Sums = link.execute(
        f"SELECT {COUNTED} FROM records r INDEXED BY records_started"  # noqa: S608 - fixed text
        " WHERE r.started >= ? AND r.started < ? AND (? IS NULL OR r.socket = ?)",
        (since, until, point, point),
    ).fetchone()
    return found


def _seconds(moment: datetime | None, otherwise: int) -> int:
    # Records begin at whole seconds: one that begins before a fraction of a second is before it.
    return otherwise if moment is None else math.ceil(moment.timestamp())
