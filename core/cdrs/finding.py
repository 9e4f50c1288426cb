"""Finding charge data records: pages in any order, quick among a million."""

from __future__ import annotations

import heapq
import itertools
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from core.cdrs.selection import Selection, all_there_are, selected, totals
from core.cdrs.table import COLUMNS, FROM, one, record_of
from core.errors import NotFound
from core.values.records import ChargeRecord, RecordOrder, RecordPage, RecordQuery, RecordTotals, totals_of

FEW_RECORDS = 5000
"""So many are collected and sorted; more are read in their order until the page is full."""
FEW_HOLDERS = 50
"""The charges of up to so many badges are read beside each other; for more, all records in their order."""
LONGEST_NUMBER = 19
"""Digits; SQLite's numbers end there."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A way to sort: columns, the index in their order, and their values in a record."""

    columns: tuple[str, ...]
    index: str
    key: Callable[[ChargeRecord], tuple[Any, ...]]


ORDERS: Mapping[RecordOrder, Order] = {
    "number": Order(columns=("r.number",), index="", key=lambda record: (record.number,)),
    "start": Order(
        columns=("r.started", "r.number"),
        index="records_started",
        key=lambda record: (_started(record), record.number),
    ),
    "energy": Order(
        columns=("r.energy_wh", "r.number"),
        index="records_energy",
        key=lambda record: (_energy_wh(record), record.number),
    ),
    "duration": Order(
        columns=("r.duration_s", "r.number"),
        index="records_duration",
        key=lambda record: (record.duration_s, record.number),
    ),
    "badge": Order(
        columns=("h.uid", "h.comment", "r.number"),
        index="records_holder",
        key=lambda record: (record.uid, record.comment, record.number),
    ),
}


def _started(record: ChargeRecord) -> int:
    return int(record.start.timestamp())


def _energy_wh(record: ChargeRecord) -> int:
    return round(record.energy_kwh * 1000)


def page(link: sqlite3.Connection, query: RecordQuery) -> RecordPage:
    """The page of records that a query asks for. Raises NotFound for an `after` that there is not."""
    selection = selected(link, query)
    named = _named(link, query, selection)
    shown = _page(link, query, selection, named)
    found = _together(totals(link, selection), totals_of(named))
    return RecordPage(
        records=shown,
        found=found.count,
        total=all_there_are(link),
        totals=found,
        shown=totals_of(shown),
    )


def records(link: sqlite3.Connection, query: RecordQuery) -> tuple[ChargeRecord, ...]:
    """The records of a page alone. Raises NotFound for an `after` that there is not."""
    selection = selected(link, query)
    return _page(link, query, selection, _named(link, query, selection))


def count(link: sqlite3.Connection, query: RecordQuery) -> int:
    """How many records the filters leave."""
    selection = selected(link, query)
    return totals(link, selection).count + len(_named(link, query, selection))


def amounts(link: sqlite3.Connection, query: RecordQuery) -> Iterator[tuple[int, int, int]]:
    """Start in s, energy in Wh and duration in s of every record that the filters leave, in no order."""
    selection = selected(link, query)
    named = _named(link, query, selection)
    yield from ((_started(record), _energy_wh(record), record.duration_s) for record in named)
    if selection.most:
        texts, values = selection.where
        index = f"INDEXED BY {selection.index}" if selection.index else "NOT INDEXED"
        where = f"WHERE {' AND '.join(texts)}" if texts else ""
        yield from link.execute(
            f"SELECT r.started, r.energy_wh, r.duration_s FROM records r {index} {where}",  # noqa: S608
            values,
        )


def _page(
    link: sqlite3.Connection, query: RecordQuery, selection: Selection, named: Sequence[ChargeRecord]
) -> tuple[ChargeRecord, ...]:
    there = (*_selected(link, query, selection), *_following(link, named, query))
    return tuple(sorted(there, key=ORDERS[query.sort].key, reverse=query.descending)[: query.last])


def _selected(link: sqlite3.Connection, query: RecordQuery, selection: Selection) -> Iterator[ChargeRecord]:
    """What is selected, in order, from `after` on, `last` of them. Raises NotFound."""
    if query.last == 0 or selection.most == 0:
        return iter(())
    holders = selection.holders or ()
    if query.sort == "number" and selection.most > FEW_RECORDS and 0 < len(holders) <= FEW_HOLDERS:
        each = (_rows(link, query, _of_one(selection, holder)) for holder in holders)
        merged = heapq.merge(*each, key=lambda record: record.number, reverse=query.descending)
        return itertools.islice(merged, query.last)
    return _rows(link, query, selection)


def _rows(link: sqlite3.Connection, query: RecordQuery, selection: Selection) -> Iterator[ChargeRecord]:
    texts, values = selection.where
    order = ORDERS[query.sort]
    if query.after is not None:
        columns, places = ", ".join(order.columns), ", ".join("?" * len(order.columns))
        texts.append(f"({columns}) {'<' if query.descending else '>'} ({places})")
        values += _key_after(link, query)
    direction = "DESC" if query.descending else "ASC"
    ordered = ", ".join(f"{column} {direction}" for column in order.columns)
    where = f"WHERE {' AND '.join(texts)}" if texts else ""
    found = link.execute(
        f"SELECT {COLUMNS} {_source(selection, query)} {where} ORDER BY {ordered} LIMIT ?",
        (*values, query.last),
    )
    return map(record_of, found)


def _source(selection: Selection, query: RecordQuery) -> str:
    """Where rows are read from: the few that are selected, or all in their order until there are enough."""
    is_one_badge = query.sort == "number" and selection.index == "records_holder" and _is_one(selection)
    if selection.index and (selection.most <= FEW_RECORDS or is_one_badge):
        return f"FROM records r INDEXED BY {selection.index} CROSS JOIN record_holders h ON h.id = r.holder"
    if query.sort == "badge":
        return "FROM record_holders h CROSS JOIN records r INDEXED BY records_holder ON r.holder = h.id"
    index = ORDERS[query.sort].index
    reading = f"INDEXED BY {index}" if index else "NOT INDEXED"
    return f"FROM records r {reading} CROSS JOIN record_holders h ON h.id = r.holder"


def _is_one(selection: Selection) -> bool:
    return selection.holders is not None and len(selection.holders) == 1


def _of_one(selection: Selection, holder: int) -> Selection:
    return msgspec.structs.replace(selection, holders=(holder,), index="records_holder")


def _key_after(link: sqlite3.Connection, query: RecordQuery) -> tuple[Any, ...]:
    """Where the order stands at the record that the page follows."""
    number = query.after or 0
    if query.sort == "number":
        return (number,)
    record = one(link, number)
    if record is None:
        raise NotFound("There is no charge data record {number}.", number=number)
    return ORDERS[query.sort].key(record)


def _named(link: sqlite3.Connection, query: RecordQuery, selection: Selection) -> list[ChargeRecord]:
    """Records whose number or transaction is the word to find, and that no badge has found already."""
    word = query.find.strip()
    if not (word.isascii() and word.isdigit() and len(word) < LONGEST_NUMBER):
        return []
    texts, values = msgspec.structs.replace(selection, holders=None).where
    texts = ["(r.number = ? OR r.transaction_id = ?)", *texts]
    values = [int(word), int(word), *values]
    if query.badge is not None:
        texts.append("h.uid = ? COLLATE NOCASE")
        values.append(query.badge.strip())
    found = link.execute(f"SELECT {COLUMNS}, r.holder {FROM} WHERE {' AND '.join(texts)}", values)
    holders = frozenset(selection.holders or ())
    return [record_of(row[:-1]) for row in found if row[-1] not in holders]


def _following(
    link: sqlite3.Connection, named: Sequence[ChargeRecord], query: RecordQuery
) -> Sequence[ChargeRecord]:
    """Those of them that stand behind the record that the page follows."""
    if query.after is None or not named:
        return named
    key, place = ORDERS[query.sort].key, _key_after(link, query)
    return [record for record in named if (key(record) < place) == query.descending and key(record) != place]


def _together(one_: RecordTotals, other: RecordTotals) -> RecordTotals:
    return RecordTotals(
        count=one_.count + other.count,
        energy_kwh=(round(one_.energy_kwh * 1000) + round(other.energy_kwh * 1000)) / 1000,
        duration_s=one_.duration_s + other.duration_s,
    )
