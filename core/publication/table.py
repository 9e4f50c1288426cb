"""Parcels of charge data records in the station's memory: fixed before they are sent, sent in order, once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

import msgspec

from core.cdrs.table import erased_up_to, last_number
from core.publication.due import Done
from core.values.exports import DecimalSeparator, FieldSeparator
from core.values.publication import FailedTry, PublishOutcome, SentParcel

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

ODD = re.compile(r"[^A-Za-z0-9]+")
"""What stands in no file's name, so that every server takes it."""

LONGEST_STATION = 60


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How the records of a parcel are written down; fixed with it, so that its content never changes."""

    zone: str
    field_separator: FieldSeparator
    decimal_separator: DecimalSeparator


class Facts(NamedTuple):
    """What the parcels say of the publication; see `PublicationStatus`."""

    waiting: int
    files: int
    published: int
    last_sent: SentParcel | None
    failed: FailedTry | None


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
    """The newest record that is in a parcel or was erased; 0 where there is none."""
    row = link.execute("SELECT last FROM parcels ORDER BY id DESC LIMIT 1").fetchone()
    return max(0 if row is None else int(row[0]), erased_up_to(link))


def pack(link: sqlite3.Connection, station: str, period: str, form: Form, *, most: int = MOST_RECORDS) -> int:
    """Fix every record that is in no parcel yet, the oldest first; return how many records that were.

    `station` is its serial number, which the names of the files begin with.
    """
    begin, end = last_packed(link) + 1, last_number(link)
    for first in range(begin, end + 1, most):
        last = min(end, first + most - 1)
        name = file_name(station, period, first, last)
        link.execute(
            "INSERT INTO parcels (name, period, first, last, zone, field_separator, decimal_separator)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, period, first, last, form.zone, form.field_separator, form.decimal_separator),
        )
    return max(0, end - begin + 1)


def file_name(station: str, period: str, first: int, last: int) -> str:
    """The name of a parcel: station, period and numbers, in letters and digits that every server takes."""
    begin = _plain(_plain(station)[:LONGEST_STATION]) or "station"
    return f"{begin}_{_plain(period)}_{first:06d}-{last:06d}.csv"


def _plain(text: str) -> str:
    return ODD.sub("-", text).strip("-")


def waiting(link: sqlite3.Connection) -> Fixed | None:
    """The parcel that is sent next: the oldest that was not."""
    row = link.execute(
        "SELECT id, name, period, first, last, zone, field_separator, decimal_separator FROM parcels"
        " WHERE sent IS NULL ORDER BY id LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    number, name, period, first, last, zone, field, decimal = row
    form = Form(zone=zone, field_separator=field, decimal_separator=decimal)
    return Fixed(number, name, period, first, last, form)


def waiting_ids(link: sqlite3.Connection) -> tuple[int, ...]:
    """Every parcel that was not sent, in the order in which they are."""
    return tuple(
        int(each) for (each,) in link.execute("SELECT id FROM parcels WHERE sent IS NULL ORDER BY id")
    )


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


def facts(link: sqlite3.Connection) -> Facts:
    """Count records and parcels, and read the last result."""
    files, first = link.execute("SELECT count(*), min(first) FROM parcels WHERE sent IS NULL").fetchone()
    begin, end = first if files else last_packed(link) + 1, last_number(link)
    row = link.execute(
        "SELECT name, first, last, sent FROM parcels WHERE sent IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Facts(
        waiting=max(0, end - begin + 1),
        files=files,
        published=min(end, begin - 1),
        last_sent=None if row is None else _sent(row),
        failed=failed(link),
    )


def outcome(link: sqlite3.Connection, ids: Sequence[int]) -> PublishOutcome:
    """What became of these parcels, the first and the last of which are the ends of a row of them."""
    first, last = (ids[0], ids[-1]) if ids else (0, 0)
    rows = link.execute(
        "SELECT name, first, last, sent FROM parcels"
        " WHERE sent IS NOT NULL AND id BETWEEN ? AND ? ORDER BY id",
        (first, last),
    )
    sent = [_sent(row) for row in rows]
    return PublishOutcome(
        records=sum(each.last - each.first + 1 for each in sent),
        files=tuple(each.name for each in sent),
        waiting=facts(link).waiting,
        failed=failed(link) if len(sent) < len(ids) else None,
    )


def _sent(row: tuple[str, int, int, str]) -> SentParcel:
    name, first, last, sent = row
    return SentParcel(name=name, first=first, last=last, sent=datetime.fromisoformat(sent))
