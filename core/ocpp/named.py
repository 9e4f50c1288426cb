"""The central system's numbers of the charges that it is being told of, in the station's memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

SCHEMA = """
CREATE TABLE IF NOT EXISTS ocpp_transactions (
    transaction_id INTEGER PRIMARY KEY, central_id INTEGER NOT NULL
);
"""


def load(link: sqlite3.Connection) -> Mapping[int, int]:
    """Every number, by the station's own."""
    return dict(link.execute("SELECT transaction_id, central_id FROM ocpp_transactions").fetchall())


def keep(link: sqlite3.Connection, transaction: int, central: int) -> None:
    link.execute("INSERT OR REPLACE INTO ocpp_transactions VALUES (?, ?)", (transaction, central))


def forget(link: sqlite3.Connection, transaction: int) -> None:
    """The central system knows of its end."""
    link.execute("DELETE FROM ocpp_transactions WHERE transaction_id = ?", (transaction,))
