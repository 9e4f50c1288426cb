"""Sessions that are open, stored as the record that they become if the station dies now."""

from __future__ import annotations

import sqlite3

import msgspec

from core.values.records import ChargeRecord


def keep(link: sqlite3.Connection, record: ChargeRecord) -> None:
    """Store how far an open session has come."""
    text = msgspec.json.encode(record).decode()
    link.execute("INSERT OR REPLACE INTO open_sessions VALUES (?, ?)", (record.transaction_id, text))


def drop(link: sqlite3.Connection, record: ChargeRecord) -> None:
    """Forget the open session of this record, which has been stored."""
    link.execute("DELETE FROM open_sessions WHERE transaction_id = ?", (record.transaction_id,))


def left_open(link: sqlite3.Connection) -> list[ChargeRecord]:
    """The sessions that were open when the station last stopped, in the order in which they began."""
    rows = link.execute("SELECT record FROM open_sessions ORDER BY transaction_id").fetchall()
    return [msgspec.json.decode(text, type=ChargeRecord) for (text,) in rows]
