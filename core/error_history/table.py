"""The table of the errors as they came and went, bounded, the newest kept."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from core.values.error_records import MOST_ERROR_RECORDS, ErrorQuery, ErrorRecord
from core.values.status import ErrorStatus

SCHEMA = """
CREATE TABLE IF NOT EXISTS error_history (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    error INTEGER NOT NULL, name TEXT NOT NULL, point INTEGER NOT NULL, cause TEXT NOT NULL,
    raised REAL NOT NULL, cleared REAL, times INTEGER NOT NULL, ended TEXT NOT NULL
);
"""
"""`point` 0 is the whole station; `raised` and `cleared` in s since 1970."""

AGAIN_SECONDS = 600.0
"""s; an error that comes back so soon is told as the same one."""

LONGEST_CAUSE = 300

STATION = 0
OPEN = "error = ? AND point = ? AND cleared IS NULL"


def raised(link: sqlite3.Connection, error: ErrorStatus) -> None:
    """Store that an error began; one that was over lately goes on."""
    key = (error.number, error.point or STATION)
    since = error.since.timestamp()
    again = link.execute(
        "SELECT number FROM error_history WHERE error = ? AND point = ? AND cleared BETWEEN ? AND ?"
        " ORDER BY number DESC LIMIT 1",
        (*key, since - AGAIN_SECONDS, since + AGAIN_SECONDS),
    ).fetchone()
    if again is not None:
        link.execute(
            "UPDATE error_history SET cleared = NULL, ended = '', times = times + 1, cause = ?"
            " WHERE number = ?",
            (_kept(error.cause), again[0]),
        )
        return
    cursor = link.execute(
        "INSERT INTO error_history (error, name, point, cause, raised, cleared, times, ended)"
        " VALUES (?, ?, ?, ?, ?, NULL, 1, '')",
        (error.number, error.name, error.point or STATION, _kept(error.cause), since),
    )
    link.execute(
        "DELETE FROM error_history WHERE number <= ? AND cleared IS NOT NULL",
        ((cursor.lastrowid or 0) - MOST_ERROR_RECORDS,),
    )


def changed(link: sqlite3.Connection, error: ErrorStatus, seconds: float) -> None:
    """Store what an error that lasts is caused by now; its beginning was moved by so many s."""
    link.execute(
        f"UPDATE error_history SET cause = ?, raised = raised + ? WHERE {OPEN}",  # noqa: S608 - a constant
        (_kept(error.cause), seconds, error.number, error.point or STATION),
    )


def cleared(link: sqlite3.Connection, error: ErrorStatus, at: datetime) -> None:
    """Store that an error is over."""
    link.execute(
        f"UPDATE error_history SET cleared = max(raised, ?), ended = 'cause_gone' WHERE {OPEN}",  # noqa: S608
        (at.timestamp(), error.number, error.point or STATION),
    )


def close_all(link: sqlite3.Connection, at: datetime) -> None:
    """The station starts: what lasted when it ended lasted until now at most."""
    link.execute(
        "UPDATE error_history SET cleared = max(raised, ?), ended = 'restart' WHERE cleared IS NULL",
        (at.timestamp(),),
    )


def find(link: sqlite3.Connection, query: ErrorQuery) -> tuple[ErrorRecord, ...]:
    """The newest errors that the query asks for, those that last first."""
    rows = link.execute(
        "SELECT number, error, name, point, cause, raised, cleared, times, ended FROM error_history"
        " WHERE (? IS NULL OR error = ?) AND (? IS NULL OR point = ?)"
        " ORDER BY cleared IS NULL DESC, coalesce(cleared, raised) DESC, number DESC LIMIT ?",
        (query.error, query.error, query.point, query.point, query.last),
    )
    return tuple(_record(row) for row in rows)


def _record(row: tuple[int, int, str, int, str, float, float | None, int, str]) -> ErrorRecord:
    number, error, name, point, cause, began, over, times, ended = row
    return ErrorRecord(
        number=number,
        error=error,
        name=name,
        point=point or None,
        cause=cause,
        raised=datetime.fromtimestamp(began, UTC),
        cleared=None if over is None else datetime.fromtimestamp(over, UTC),
        times=times,
        ended="restart" if ended == "restart" else "cause_gone" if ended else "",
    )


def _kept(cause: str) -> str:
    return cause[:LONGEST_CAUSE]
