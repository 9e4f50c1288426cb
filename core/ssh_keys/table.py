"""The table of public keys."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from core.ssh_keys.line import KeyLine
from core.values.keys import SshKey

SCHEMA = """
CREATE TABLE IF NOT EXISTS ssh_keys (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
    type TEXT NOT NULL, bits INTEGER NOT NULL, comment TEXT NOT NULL,
    added TEXT NOT NULL, added_by TEXT NOT NULL, last_used TEXT,
    UNIQUE (account, key)
);
"""
EVERY = """
SELECT account, type, bits, fingerprint, comment, added, added_by, last_used FROM ssh_keys ORDER BY number
"""
WITH_KEY = """
SELECT account, type, bits, fingerprint, comment, added, added_by, last_used FROM ssh_keys
WHERE account = ? AND key = ?
"""
WITH_FINGERPRINT = """
SELECT account, type, bits, fingerprint, comment, added, added_by, last_used FROM ssh_keys
WHERE account = ? AND fingerprint = ?
"""


def every(link: sqlite3.Connection) -> tuple[SshKey, ...]:
    """All keys, in the order in which they were added."""
    return tuple(_key(row) for row in link.execute(EVERY))


def count(link: sqlite3.Connection, account: str) -> int:
    (found,) = link.execute("SELECT count(*) FROM ssh_keys WHERE account = ?", (account,)).fetchone()
    return int(found)


def with_key(link: sqlite3.Connection, account: str, key: str) -> SshKey | None:
    """The key of an account by its base64."""
    row = link.execute(WITH_KEY, (account, key)).fetchone()
    return _key(row) if row else None


def with_fingerprint(link: sqlite3.Connection, account: str, fingerprint: str) -> SshKey | None:
    row = link.execute(WITH_FINGERPRINT, (account, fingerprint)).fetchone()
    return _key(row) if row else None


def add(link: sqlite3.Connection, account: str, line: KeyLine, *, now: datetime, by: str) -> SshKey:
    """Store a key that the account does not have yet."""
    link.execute(
        "INSERT INTO ssh_keys (account, key, fingerprint, type, bits, comment, added, added_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (account, line.key, line.fingerprint, line.type, line.bits, line.comment, _text(now), by),
    )
    return SshKey(
        account=account,
        type=line.type,
        bits=line.bits,
        fingerprint=line.fingerprint,
        comment=line.comment,
        added=now.astimezone(UTC),
        added_by=by,
    )


def used(link: sqlite3.Connection, account: str, fingerprint: str, now: datetime) -> None:
    """Somebody has logged in with the key."""
    link.execute(
        "UPDATE ssh_keys SET last_used = ? WHERE account = ? AND fingerprint = ?",
        (_text(now), account, fingerprint),
    )


def remove(link: sqlite3.Connection, account: str, fingerprint: str) -> None:
    link.execute("DELETE FROM ssh_keys WHERE account = ? AND fingerprint = ?", (account, fingerprint))


def _text(now: datetime) -> str:
    return now.astimezone(UTC).isoformat()


def _key(row: tuple[str, str, int, str, str, str, str, str | None]) -> SshKey:
    account, kind, bits, fingerprint, comment, added, added_by, last_used = row
    return SshKey(
        account=account,
        type=kind,
        bits=bits,
        fingerprint=fingerprint,
        comment=comment,
        added=datetime.fromisoformat(added),
        added_by=added_by,
        last_used=None if last_used is None else datetime.fromisoformat(last_used),
    )
