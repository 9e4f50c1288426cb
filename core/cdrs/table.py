"""Charge data records in the station's memory: numbered without gaps, stored once each."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import msgspec

from core.cdrs import sums
from core.values.records import ChargeRecord

SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS record_holders (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL, comment TEXT NOT NULL, words TEXT NOT NULL, UNIQUE (uid,
    comment)
);
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY, station TEXT NOT NULL, socket INTEGER NOT NULL,
    transaction_id INTEGER NOT NULL UNIQUE, holder INTEGER NOT NULL REFERENCES record_holders (id),
    charge_type TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL, energy_wh INTEGER NOT NULL,
    socket_type TEXT NOT NULL, duration_s INTEGER NOT NULL, stop_reason TEXT NOT NULL,
    meter_start_wh INTEGER NOT NULL, meter_stop_wh INTEGER NOT NULL,
    mean_power_w INTEGER NOT NULL, max_power_w INTEGER NOT NULL, phases INTEGER NOT NULL,
    central_id INTEGER
);
CREATE INDEX IF NOT EXISTS records_holder ON records (holder, number);
CREATE INDEX IF NOT EXISTS records_started ON records (started, number);
CREATE INDEX IF NOT EXISTS records_point ON records (socket, number);
CREATE INDEX IF NOT EXISTS records_energy ON records (energy_wh, number);
CREATE INDEX IF NOT EXISTS records_duration ON records (duration_s, number);
CREATE INDEX IF NOT EXISTS records_central ON records (central_id) WHERE central_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS record_floor (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), number INTEGER NOT NULL,
    transaction_id INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS open_sessions (transaction_id INTEGER PRIMARY KEY, record TEXT NOT NULL);
"""
    + sums.TABLES
    + sums.COUNTING
)

PHASES = (
    """
ALTER TABLE records ADD COLUMN phases INTEGER NOT NULL DEFAULT 1;
UPDATE records SET phases = 3 WHERE charge_type = 'AC_THREE_PHASE';
DROP INDEX IF EXISTS records_socket;
"""
    + sums.TABLES
    + sums.ADDED_UP
)
"""The migration of records that had neither phases nor running totals."""

CENTRAL_ID = "ALTER TABLE records ADD COLUMN central_id INTEGER"
"""The migration of records that did not know the supervision's number of a charge."""

COLUMNS = (
    "r.number, r.station, r.socket, coalesce(r.central_id, r.transaction_id), h.uid, r.charge_type,"
    " r.started, r.ended, r.energy_wh, r.socket_type, r.duration_s, h.comment,"
    " r.stop_reason, r.meter_start_wh, r.meter_stop_wh,"
    " r.mean_power_w, r.max_power_w, r.phases"
)
FROM = "FROM records r JOIN record_holders h ON h.id = r.holder"

INSERT = f"INSERT INTO records VALUES ({', '.join('?' * 18)})"  # noqa: S608 - fixed text

Row = tuple[int, str, int, int, str, str, int, int, int, str, int, str, str, int, int, int, int, int]


def append(link: sqlite3.Connection, record: ChargeRecord, central: int | None = None) -> ChargeRecord:
    """Store a record under the next number; a transaction that has its record already keeps that one.

    `central` is the supervision's number of it, which is the one that is shown.
    """
    there = link.execute(
        f"SELECT {COLUMNS} {FROM} WHERE r.transaction_id = ?",
        (record.transaction_id,),
    ).fetchone()
    if there is not None:
        return record_of(there)
    stored = msgspec.structs.replace(record, number=last_number(link) + 1)
    row = row_of(stored)
    holder = _holder(link, record.uid, record.comment)
    link.execute(INSERT, (*row[:4], holder, *row[5:11], *row[12:], central))
    shown = record.transaction_id if central is None else central
    return msgspec.structs.replace(stored, phases=row[-1], transaction_id=shown)


def name(link: sqlite3.Connection, transaction: int, central: int) -> None:
    """The supervision has given its number to the charge of the station's own number `transaction`."""
    link.execute("UPDATE records SET central_id = ? WHERE transaction_id = ?", (central, transaction))


def last_number(link: sqlite3.Connection) -> int:
    """The number of the newest record, also of one that was erased; 0 where there never was any."""
    return _last(link, "number")


def last_transaction(link: sqlite3.Connection) -> int:
    """The highest transaction number of any record, also of one that was erased; 0 where there is none."""
    return _last(link, "transaction_id")


def erased_up_to(link: sqlite3.Connection) -> int:
    """The newest record that was erased with all before it; 0 where none was."""
    (number,) = link.execute("SELECT coalesce((SELECT number FROM record_floor), 0)").fetchone()
    return int(number)


def _last(link: sqlite3.Connection, column: str) -> int:
    (number,) = link.execute(
        f"SELECT max(coalesce((SELECT max({column}) FROM records), 0),"  # noqa: S608 - fixed text
        f" coalesce((SELECT {column} FROM record_floor), 0))"
    ).fetchone()
    return int(number)


def meter_of(link: sqlite3.Connection, socket: int) -> int:
    """Where the meter of a socket stood after its last record, Wh."""
    row = link.execute("SELECT meter_wh FROM record_sums WHERE socket = ?", (socket,)).fetchone()
    return 0 if row is None else int(row[0])


def one(link: sqlite3.Connection, number: int) -> ChargeRecord | None:
    """A record by its number."""
    row = row_of_number(link, number)
    return None if row is None else record_of(row)


def row_of_number(link: sqlite3.Connection, number: int) -> Row | None:
    """The row of `COLUMNS` of a record by its number."""
    row: Row | None = link.execute(f"SELECT {COLUMNS} {FROM} WHERE r.number = ?", (number,)).fetchone()
    return row


def row_of(record: ChargeRecord) -> Row:
    """A record as the row of `COLUMNS` that it is stored as."""
    return (
        record.number,
        record.station,
        record.socket,
        record.transaction_id,
        record.uid,
        record.charge_type,
        int(record.start.timestamp()),
        int(record.end.timestamp()),
        round(record.energy_kwh * 1000),
        record.socket_type,
        record.duration_s,
        record.comment,
        record.stop_reason,
        record.meter_start_wh,
        record.meter_stop_wh,
        record.mean_power_w,
        record.max_power_w,
        record.phases or (3 if record.charge_type == "AC_THREE_PHASE" else 1),
    )


def _holder(link: sqlite3.Connection, uid: str, comment: str) -> int:
    link.execute(
        "INSERT OR IGNORE INTO record_holders (uid, comment, words) VALUES (?, ?, ?)",
        (uid, comment, f"{uid}\n{comment}".casefold()),
    )
    (number,) = link.execute(
        "SELECT id FROM record_holders WHERE uid = ? AND comment = ?", (uid, comment)
    ).fetchone()
    return int(number)


def record_of(row: Row) -> ChargeRecord:
    return ChargeRecord(
        number=row[0],
        station=row[1],
        socket=row[2],
        transaction_id=row[3],
        uid=row[4],
        charge_type=row[5],
        start=datetime.fromtimestamp(row[6], UTC),
        end=datetime.fromtimestamp(row[7], UTC),
        energy_kwh=row[8] / 1000,
        socket_type=row[9],
        duration_s=row[10],
        comment=row[11],
        stop_reason=row[12],
        meter_start_wh=row[13],
        meter_stop_wh=row[14],
        mean_power_w=row[15],
        max_power_w=row[16],
        phases=row[17],
    )
