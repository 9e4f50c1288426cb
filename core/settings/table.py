"""Stored settings: one text a key, secrets sealed with the station's key."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from core.settings.rows import is_secret

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

Sealing = Callable[[str], str]


def save(connection: sqlite3.Connection, texts: Mapping[str, str], *, seal: Sealing) -> None:
    """Store these settings; all others stay as they are."""
    connection.executemany(
        "INSERT INTO settings (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [(key, seal(text) if is_secret(key) else text) for key, text in texts.items()],
    )


def load(connection: sqlite3.Connection, *, unseal: Sealing) -> dict[str, str]:
    """Every stored setting by key, secrets in clear. What `unseal` raises is passed on."""
    rows = connection.execute("SELECT key, value FROM settings ORDER BY key")
    return {key: unseal(value) if is_secret(key) else value for key, value in rows}


def clear(connection: sqlite3.Connection) -> None:
    """Forget all: every setting is at its factory value again."""
    connection.execute("DELETE FROM settings")
