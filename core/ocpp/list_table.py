"""The list of id tags that the central system has sent, in the station's memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

import msgspec

from core.badges.verdict import Verdict

SCHEMA = """
CREATE TABLE IF NOT EXISTS ocpp_list (id_tag TEXT PRIMARY KEY, verdict TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ocpp_list_version (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL
);
"""
"""Id tags are the same whatever their capitals: they are kept folded."""


def version(link: sqlite3.Connection) -> int:
    """Of the list as it is; 0 where there is none."""
    row = link.execute("SELECT version FROM ocpp_list_version").fetchone()
    return 0 if row is None else int(row[0])


def find(link: sqlite3.Connection, id_tag: str) -> Verdict | None:
    row = link.execute("SELECT verdict FROM ocpp_list WHERE id_tag = ?", (id_tag.casefold(),)).fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=Verdict)


def length(link: sqlite3.Connection) -> int:
    (count,) = link.execute("SELECT count(*) FROM ocpp_list").fetchone()
    return int(count)


def clear(link: sqlite3.Connection) -> None:
    link.execute("DELETE FROM ocpp_list")


def change(link: sqlite3.Connection, entries: Mapping[str, Verdict | None]) -> None:
    """Take over what is said of these id tags; None takes one out."""
    gone: Iterable[str] = (id_tag for id_tag, verdict in entries.items() if verdict is None)
    link.executemany("DELETE FROM ocpp_list WHERE id_tag = ?", [(id_tag.casefold(),) for id_tag in gone])
    link.executemany(
        "INSERT OR REPLACE INTO ocpp_list VALUES (?, ?)",
        [
            (id_tag.casefold(), msgspec.json.encode(verdict).decode())
            for id_tag, verdict in entries.items()
            if verdict is not None
        ],
    )


def set_version(link: sqlite3.Connection, number: int) -> None:
    link.execute("INSERT OR REPLACE INTO ocpp_list_version VALUES (1, ?)", (number,))
