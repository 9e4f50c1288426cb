"""Parcels of charge data records in the station's memory: fixed before they are sent, sent in order, once."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, date, datetime
from typing import NamedTuple

import msgspec

from core.cdrs.table import last_number
from core.publication.due import Done
from core.values.publication import FailedTry, SentParcel

MOST_RECORDS = 5_000
"""In one parcel: some 600 kB, which every mail server takes and a small board holds in memory."""

SENT_KEPT = 500
"""Parcels that are remembered after they were sent."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS publication_done (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), frequency TEXT NOT NULL, until TEXT NOT NULL,
    wound_back TEXT
);
CREATE TABLE IF NOT EXISTS parcels (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, period TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, zone TEXT NOT NULL, field_separator TEXT NOT NULL,
    decimal_separator TEXT NOT NULL, sent TEXT,
    tries INTEGER NOT NULL DEFAULT 0, tried TEXT, step TEXT, said TEXT, certain INTEGER
);
CREATE INDEX IF NOT EXISTS parcels_sent ON parcels (sent, id);
"""

FORBIDDEN = re.compile(r"[^A-Za-z0-9_.-]+")
"""What a file's name does not have, so that every server takes it."""

COLUMNS = "id, name, period, first, last, zone, field_separator, decimal_separator"


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How the records of a parcel are written down; fixed with it, so that its content never changes."""

    zone: str
    field_separator: str
    decimal_separator: str


class Fixed(NamedTuple):
    """A parcel as it was fixed: its name, its period, its records, its form."""

    id: int
    name: str
    period: str
    first: int
    last: int
    form: Form


def done(link: sqlite3.Connection) -> Done | None:
    """How far periods are published; None before the first look."""
    row = link.execute("SELECT frequency, until, wound_back FROM publication_done").fetchone()
    if row is None:
        return None
    frequency, until, wound_back = row
    return Done(
        frequency=frequency,
        until=date.fromisoformat(until),
        wound_back=None if wound_back is None else date.fromisoformat(wound_back),
    )


def keep_done(link: sqlite3.Connection, now: Done) -> None:
    back = None if now.wound_back is None else now.wound_back.isoformat()
    link.execute(
        "INSERT OR REPLACE INTO publication_done VALUES (1, ?, ?, ?)",
        (now.frequency, now.until.isoformat(), back),
    )


def last_packed(link: sqlite3.Connection) -> int:
    """The newest record that is in a parcel; 0 where there is none."""
    row = link.execute("SELECT last FROM parcels ORDER BY id DESC LIMIT 1").fetchone()
    return 0 if row is None else int(row[0])


def pack(
    link: sqlite3.Connection, station: str, period: str, form: Form, *, most: int = MOST_RECORDS
) -> int:
    """Fix every record that is in no parcel yet, the oldest first; return how many records that were.

    `station` is its serial number, which the names of the files begin with.
    """
    begin, end = last_packed(link) + 1, last_number(link)
    for first in range(begin, end + 1, most):
        last = min(end, first + most - 1)
        name = f"{FORBIDDEN.sub('-', f'{station}_{period}_{first:06d}-{last:06d}')}.csv"
        link.execute(
            "INSERT INTO parcels (name, period, first, last, zone, field_separator, decimal_separator)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, period, first, last, form.zone, form.field_separator, form.decimal_separator),
        )
    return max(0, end - begin + 1)


def waiting(link: sqlite3.Connection) -> Fixed | None:
    """The parcel that is sent next: the oldest that was not."""
    row = link.execute(f"SELECT {COLUMNS} FROM parcels WHERE sent IS NULL ORDER BY id LIMIT 1").fetchone()
    if row is None:
        return None
    number, name, period, first, last, zone, field, decimal = row
    form = Form(zone=zone, field_separator=field, decimal_separator=decimal)
    return Fixed(number, name, period, first, last, form)


def count_waiting(link: sqlite3.Connection) -> tuple[int, int]:
    """How many records are not published yet, packed or not, and how many parcels wait."""
    row = link.execute("SELECT count(*), min(first) FROM parcels WHERE sent IS NULL").fetchone()
    files, first = row
    begin = first if files else last_packed(link) + 1
    return max(0, last_number(link) - begin + 1), int(files)


def mark_sent(link: sqlite3.Connection, parcel: int, now: datetime) -> None:
    link.execute(
        "UPDATE parcels SET sent = ?, step = NULL, said = NULL WHERE id = ?",
        (now.astimezone(UTC).isoformat(), parcel),
    )
    link.execute("DELETE FROM parcels WHERE sent IS NOT NULL AND id <= ?", (parcel - SENT_KEPT,))


def mark_failed(
    link: sqlite3.Connection, parcel: int, now: datetime, *, step: str, said: str, certain: bool
) -> None:
    link.execute(
        "UPDATE parcels SET tries = tries + 1, tried = ?, step = ?, said = ?, certain = ? WHERE id = ?",
        (now.astimezone(UTC).isoformat(), step, said, int(certain), parcel),
    )


def failed(link: sqlite3.Connection) -> FailedTry | None:
    """The last try of the parcel that is sent next, None where it was not tried."""
    row = link.execute(
        "SELECT name, first, last, tries, tried, certain, step, said FROM parcels"
        " WHERE sent IS NULL ORDER BY id LIMIT 1"
    ).fetchone()
    if row is None or not row[3]:
        return None
    name, first, last, tries, tried, certain, step, said = row
    return FailedTry(
        name=name,
        first=first,
        last=last,
        tries=tries,
        time=datetime.fromisoformat(tried),
        certain=bool(certain),
        step=step,
        said=said,
    )


def last_sent(link: sqlite3.Connection) -> SentParcel | None:
    """The newest parcel that was sent."""
    row = link.execute(
        "SELECT name, first, last, sent FROM parcels WHERE sent IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    name, first, last, sent = row
    return SentParcel(name=name, first=first, last=last, sent=datetime.fromisoformat(sent))
