"""The register of badges in the station's memory."""

from __future__ import annotations

import sqlite3

from core.values.records import Badge

SCHEMA = """
CREATE TABLE IF NOT EXISTS badges (
    number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('user', 'vip', 'admin')), comment TEXT NOT NULL
);
"""


def every(link: sqlite3.Connection) -> tuple[Badge, ...]:
    """All badges, by number."""
    rows = link.execute("SELECT number, uid, type, comment FROM badges ORDER BY number")
    return tuple(Badge(number=row[0], uid=row[1], type=row[2], comment=row[3]) for row in rows)


def find(link: sqlite3.Connection, uid: str) -> Badge | None:
    """The entry of a badge; None for an unknown one."""
    row = link.execute("SELECT number, uid, type, comment FROM badges WHERE uid = ?", (uid,)).fetchone()
    return None if row is None else Badge(number=row[0], uid=row[1], type=row[2], comment=row[3])


def add(link: sqlite3.Connection, uid: str, type_: str, comment: str) -> Badge:
    """Enter a badge under the next number. Raises sqlite3.IntegrityError if it is there already."""
    link.execute("INSERT INTO badges (uid, type, comment) VALUES (?, ?, ?)", (uid, type_, comment))
    badge = find(link, uid)
    if badge is None:
        raise LookupError(f"badge {uid} was not stored")
    return badge
