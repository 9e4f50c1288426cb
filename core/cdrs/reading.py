"""Reading selected records in an order, a page of them, by the way that looks at the fewest."""

from __future__ import annotations

import heapq
import itertools
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from core.cdrs.selection import Selection
from core.cdrs.table import COLUMNS, Row, row_of_number
from core.errors import NotFound
from core.values.records import RecordOrder, RecordQuery

FEW_RECORDS = 5000
"""So many are collected and sorted; more are read in their order until the page is full."""
FEW_HOLDERS = 50
"""The charges of up to so many badges are read beside each other; for more, all records in their order."""
DENSE = 4
"""Records between two numbers are read one after the other where one in so many is selected."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A way to sort: columns, the index in their order ("": the table), and their values in a row."""

    columns: tuple[str, ...]
    index: str
    key: Callable[[Row], tuple[Any, ...]]


ORDERS: Mapping[RecordOrder, Order] = {
    "number": Order(columns=("r.number",), index="", key=lambda row: (row[0],)),
    "start": Order(
        columns=("r.started", "r.number"), index="records_started", key=lambda row: (row[6], row[0])
    ),
    "energy": Order(
        columns=("r.energy_wh", "r.number"), index="records_energy", key=lambda row: (row[8], row[0])
    ),
    "duration": Order(
        columns=("r.duration_s", "r.number"), index="records_duration", key=lambda row: (row[10], row[0])
    ),
    "badge": Order(
        columns=("h.uid", "h.comment", "r.number"),
        index="records_holder",
        key=lambda row: (row[4], row[11], row[0]),
    ),
}


def rows(link: sqlite3.Connection, query: RecordQuery, selection: Selection) -> Iterator[Row]:
    """What is selected, in order, from `after` on, `last` of them. Raises NotFound."""
    if query.last == 0 or selection.most == 0:
        return iter(())
    holders = selection.holders or ()
    if query.sort == "number" and selection.most > FEW_RECORDS and 0 < len(holders) <= FEW_HOLDERS:
        each = (_rows(link, query, _of_one(selection, holder)) for holder in holders)
        return itertools.islice(heapq.merge(*each, key=_number, reverse=query.descending), query.last)
    return _rows(link, query, selection)


def place_after(link: sqlite3.Connection, query: RecordQuery) -> tuple[Any, ...]:
    """Where the order stands at the record that the page follows. Raises NotFound."""
    number = query.after or 0
    if query.sort == "number":
        return (number,)
    row = row_of_number(link, number)
    if row is None:
        raise NotFound("There is no charge data record {number}.", number=number)
    return ORDERS[query.sort].key(row)


def _rows(link: sqlite3.Connection, query: RecordQuery, selection: Selection) -> Iterator[Row]:
    texts, values = selection.where
    order = ORDERS[query.sort]
    if query.after is not None:
        columns, places = ", ".join(order.columns), ", ".join("?" * len(order.columns))
        texts.append(f"({columns}) {'<' if query.descending else '>'} ({places})")
        values += place_after(link, query)
    direction = "DESC" if query.descending else "ASC"
    ordered = ", ".join(f"{column} {direction}" for column in order.columns)
    where = f"WHERE {' AND '.join(texts)}" if texts else ""
    return link.execute(
        f"SELECT {COLUMNS} {_source(selection, query)} {where} ORDER BY {ordered} LIMIT ?",
        (*values, query.last),
    )


def _source(selection: Selection, query: RecordQuery) -> str:
    """Where rows are read from: the few that are selected, or all in their order until there are enough."""
    if _collects(selection, query):
        return f"FROM records r INDEXED BY {selection.index} CROSS JOIN record_holders h ON h.id = r.holder"
    if query.sort == "badge":
        return "FROM record_holders h CROSS JOIN records r INDEXED BY records_holder ON r.holder = h.id"
    index = ORDERS[query.sort].index
    reading = f"INDEXED BY {index}" if index else "NOT INDEXED"
    return f"FROM records r {reading} CROSS JOIN record_holders h ON h.id = r.holder"


def _collects(selection: Selection, query: RecordQuery) -> bool:
    if query.sort == "number" and selection.index == "records_holder" and len(selection.holders or ()) == 1:
        return True
    bounds = selection.bounds
    if query.sort == "number" and selection.index == "records_started" and bounds is not None:
        return bounds.last - bounds.first > DENSE * selection.most
    return bool(selection.index) and selection.most <= FEW_RECORDS


def _of_one(selection: Selection, holder: int) -> Selection:
    return msgspec.structs.replace(selection, holders=(holder,), index="records_holder")


def _number(row: Row) -> int:
    return row[0]
