"""The badges that the supervision accepted before: while its link is lost they still charge."""

from __future__ import annotations

import sqlite3
from datetime import datetime

KEPT = 1000

SCHEMA = """
CREATE TABLE IF NOT EXISTS badge_cache (uid TEXT PRIMARY KEY, accepted INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS badge_cache_accepted ON badge_cache (accepted);
"""


def remember(link: sqlite3.Connection, uid: str, at: datetime) -> None:
    """The supervision has accepted a badge; of more than a thousand the one accepted longest ago goes."""
    link.execute(
        "INSERT INTO badge_cache VALUES (?, ?) ON CONFLICT (uid) DO UPDATE SET accepted = excluded.accepted",
        (uid, int(at.timestamp())),
    )
    link.execute(
        "DELETE FROM badge_cache WHERE uid IN"
        " (SELECT uid FROM badge_cache ORDER BY accepted DESC, uid LIMIT -1 OFFSET ?)",
        (KEPT,),
    )


def forget(link: sqlite3.Connection, uid: str | None = None) -> None:
    """The supervision has refused a badge; None: it clears the cache."""
    link.execute("DELETE FROM badge_cache WHERE ? IS NULL OR uid = ?", (uid, uid))


def is_remembered(link: sqlite3.Connection, uid: str) -> bool:
    return link.execute("SELECT 1 FROM badge_cache WHERE uid = ?", (uid,)).fetchone() is not None
