"""What the supervision has said of badges: while its link is lost those that it accepted still charge."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from core.badges.verdict import Verdict

KEPT = 1000

SCHEMA = """
CREATE TABLE IF NOT EXISTS badge_cache (
    uid TEXT PRIMARY KEY, accepted INTEGER NOT NULL, status TEXT NOT NULL DEFAULT 'accepted',
    parent TEXT NOT NULL DEFAULT '', until INTEGER
);
CREATE INDEX IF NOT EXISTS badge_cache_accepted ON badge_cache (accepted);
"""
"""`accepted` is when it was said, s since 1970, as `until` is when it ends to hold."""
VERDICTS = "DROP TABLE IF EXISTS badge_cache"
"""The migration of a cache that only knew that a badge was accepted: it is made anew, and fills by itself."""


def remember(link: sqlite3.Connection, uid: str, verdict: Verdict, at: datetime) -> None:
    """The supervision has said this of a badge; of more than a thousand those refused go, then the oldest.

    Id tags are the same in small and capital letters.
    """
    until = None if verdict.until is None else int(verdict.until.timestamp())
    link.execute(
        "INSERT OR REPLACE INTO badge_cache VALUES (?, ?, ?, ?, ?)",
        (uid.casefold(), int(at.timestamp()), verdict.status, verdict.parent, until),
    )
    link.execute(
        "DELETE FROM badge_cache WHERE uid IN (SELECT uid FROM badge_cache"
        " ORDER BY status = 'accepted' DESC, accepted DESC, uid LIMIT -1 OFFSET ?)",
        (KEPT,),
    )


def clear(link: sqlite3.Connection) -> None:
    """Forget every badge."""
    link.execute("DELETE FROM badge_cache")


def recall(link: sqlite3.Connection, uid: str, now: datetime) -> Verdict | None:
    """What the supervision said of a badge last, as it holds now; None where it never did."""
    row = link.execute(
        "SELECT status, parent, until FROM badge_cache WHERE uid = ?", (uid.casefold(),)
    ).fetchone()
    if row is None:
        return None
    until = None if row[2] is None else datetime.fromtimestamp(row[2], UTC)
    return Verdict(status=row[0], parent=row[1], until=until).at(now)
