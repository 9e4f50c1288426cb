"""The configuration keys that the station keeps for its central system alone, in its memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

SCHEMA = """
CREATE TABLE IF NOT EXISTS ocpp_keys (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def load(link: sqlite3.Connection) -> Mapping[str, str]:
    """Every value that was changed, by the name of its key."""
    return dict(link.execute("SELECT name, value FROM ocpp_keys").fetchall())


def keep(link: sqlite3.Connection, name: str, value: str) -> None:
    link.execute(
        "INSERT INTO ocpp_keys VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
