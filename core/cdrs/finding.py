"""Finding charge data records: pages in any order, quick among a million."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from core.cdrs.reading import ORDERS, place_after, rows
from core.cdrs.selection import Selection, all_there_are, selected, totals
from core.cdrs.table import COLUMNS, FROM, Row, record_of
from core.values.records import ChargeRecord, RecordPage, RecordQuery, RecordTotals, totals_of

LONGEST_NUMBER = 19
"""Digits; SQLite's numbers end there."""


def page(link: sqlite3.Connection, query: RecordQuery) -> RecordPage:
    """The page of records that a query asks for. Raises NotFound for an `after` that there is not."""
    selection = selected(link, query)
    named = _named(link, query, selection)
    shown = tuple(map(record_of, _page(link, query, selection, named)))
    found = _together(totals(link, selection), totals_of(map(record_of, named)))
    return RecordPage(
        records=shown,
        found=found.count,
        total=all_there_are(link),
        totals=found,
        shown=totals_of(shown),
    )


def page_rows(link: sqlite3.Connection, query: RecordQuery) -> Sequence[Row]:
    """The records of a page alone, as rows. Raises NotFound for an `after` that there is not."""
    selection = selected(link, query)
    return _page(link, query, selection, _named(link, query, selection))


def records(link: sqlite3.Connection, query: RecordQuery) -> tuple[ChargeRecord, ...]:
    """The records of a page alone. Raises NotFound for an `after` that there is not."""
    return tuple(map(record_of, page_rows(link, query)))


def count(link: sqlite3.Connection, query: RecordQuery) -> int:
    """How many records the filters leave."""
    selection = selected(link, query)
    return totals(link, selection).count + len(_named(link, query, selection))


def amounts(link: sqlite3.Connection, query: RecordQuery) -> Iterator[tuple[int, int, int]]:
    """Start in s, energy in Wh and duration in s of every record that the filters leave, in no order."""
    selection = selected(link, query)
    yield from ((row[6], row[8], row[10]) for row in _named(link, query, selection))
    if selection.most:
        texts, values = selection.where
        index = f"INDEXED BY {selection.index}" if selection.index else "NOT INDEXED"
        where = f"WHERE {' AND '.join(texts)}" if texts else ""
        yield from link.execute(
            f"SELECT r.started, r.energy_wh, r.duration_s FROM records r {index} {where}",  # noqa: S608
            values,
        )


def _page(
    link: sqlite3.Connection, query: RecordQuery, selection: Selection, named: Sequence[Row]
) -> Sequence[Row]:
    found = list(rows(link, query, selection))
    if not named:
        return found
    found += _following(link, named, query)
    return sorted(found, key=ORDERS[query.sort].key, reverse=query.descending)[: query.last]


def _named(link: sqlite3.Connection, query: RecordQuery, selection: Selection) -> Sequence[Row]:
    """Records whose number or transaction is the word to find, and that no badge has found already."""
    word = query.find.strip()
    if not (word.isascii() and word.isdigit() and len(word) < LONGEST_NUMBER):
        return ()
    texts, values = msgspec.structs.replace(selection, holders=None).where
    number = int(word)
    texts = ["(r.number = ? OR r.central_id = ? OR (r.transaction_id = ? AND r.central_id IS NULL))", *texts]
    values = [number, number, number, *values]
    if query.badge is not None:
        texts.append("h.uid = ? COLLATE NOCASE")
        values.append(query.badge.strip())
    found = link.execute(f"SELECT {COLUMNS}, r.holder {FROM} WHERE {' AND '.join(texts)}", values)
    holders = frozenset(selection.holders or ())
    return [row[:-1] for row in found if row[-1] not in holders]


def _following(link: sqlite3.Connection, named: Sequence[Row], query: RecordQuery) -> Sequence[Row]:
    """Those of them that stand behind the record that the page follows."""
    if query.after is None:
        return named
    key, place = ORDERS[query.sort].key, place_after(link, query)
    return [row for row in named if (key(row) < place if query.descending else key(row) > place)]


def _together(one: RecordTotals, other: RecordTotals) -> RecordTotals:
    return RecordTotals(
        count=one.count + other.count,
        energy_kwh=(round(one.energy_kwh * 1000) + round(other.energy_kwh * 1000)) / 1000,
        duration_s=one.duration_s + other.duration_s,
    )
