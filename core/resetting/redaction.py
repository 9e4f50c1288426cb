"""Taking badges out of the log when personal data are erased: what was done stays, to which badge goes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Set as AbstractSet

from core.log_reading import chained

BADGES = "badges_"
"""What the names of all actions on badges begin with: their entries hold comments as well."""

IDENTIFIER = re.compile(r"\b[0-9A-F]{6,20}\b")
REDACTED = "(erased)"
AT_ONCE = 1000
"""Entries that are held in memory."""
NEXT = (
    "SELECT number, time, kind, account, origin, action, subject, old, new, text, hash FROM log"
    " WHERE number > ? ORDER BY number LIMIT ?"
)
CHANGE = "UPDATE log SET subject = ?, old = ?, new = ?, text = ?, hash = ? WHERE number = ?"


def redact(link: sqlite3.Connection) -> None:
    """Take every badge out of the log and close its chain again.

    Must run while the tables of badges and records still have their rows.
    """
    known = _identifiers(link)
    last, chain = link.execute("SELECT number, hash FROM log_anchor").fetchone()
    while rows := link.execute(NEXT, (last, AT_ONCE)).fetchall():
        for number, *row, stored in rows:
            action, told = row[4], tuple(row[5:])
            cleared = _cleared(told, known, whole=action.startswith(BADGES))
            chain = chained(chain, (number, *row[:5], *cleared))
            if chain != stored:
                link.execute(CHANGE, (*cleared, chain, number))
            last = number


def _identifiers(link: sqlite3.Connection) -> AbstractSet[str]:
    found = {
        uid
        for table in ("badges", "record_holders", "badge_cache")
        for (uid,) in link.execute(f"SELECT uid FROM {table}")  # noqa: S608 - fixed text
    }
    entries = link.execute("SELECT subject, old, new FROM log WHERE action LIKE ?", (f"{BADGES}%",))
    return found.union(*(IDENTIFIER.findall(text) for entry in entries for text in entry if text))


def _cleared(told: tuple[str | None, ...], known: AbstractSet[str], *, whole: bool) -> tuple[str | None, ...]:
    if whole:
        return tuple(text and REDACTED for text in told)
    return tuple(text and IDENTIFIER.sub(lambda hit: _instead(hit[0], known), text) for text in told)


def _instead(word: str, known: AbstractSet[str]) -> str:
    return REDACTED if word in known else word
