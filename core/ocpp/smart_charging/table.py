"""Installed charging profiles in the station's memory; they outlast restarts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from core.ocpp.smart_charging.profiles import Installed

SCHEMA = """
CREATE TABLE IF NOT EXISTS charging_profiles (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), installed TEXT NOT NULL
);
"""


def load(link: sqlite3.Connection) -> tuple[Installed, ...]:
    """What is installed."""
    row = link.execute("SELECT installed FROM charging_profiles").fetchone()
    return () if row is None else msgspec.json.decode(row[0], type=tuple[Installed, ...])


def keep(link: sqlite3.Connection, installed: Sequence[Installed]) -> None:
    """Store what is installed."""
    text = msgspec.json.encode(installed).decode()
    link.execute("INSERT OR REPLACE INTO charging_profiles VALUES (1, ?)", (text,))
