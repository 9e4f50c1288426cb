"""The register of badges in the station's memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import cast

from core.values.badges import Badge, BadgeType

SCHEMA = """
CREATE TABLE IF NOT EXISTS badges (
    number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('user', 'vip', 'admin')), comment TEXT NOT NULL,
    first_use INTEGER, last_use INTEGER
);
"""
USES = """
ALTER TABLE badges ADD COLUMN first_use INTEGER;
ALTER TABLE badges ADD COLUMN last_use INTEGER
"""
"""The migration of a register that did not know when its badges were used."""

COLUMNS = "number, uid, type, comment, first_use, last_use"
AT_ONCE = 500

Row = tuple[int, str, str, str, int | None, int | None]


def badge_of(row: Row) -> Badge:
    """A row of `COLUMNS` as a value."""
    number, uid, type_, comment, first, last = row
    return Badge(
        number=number,
        uid=uid,
        type=cast("BadgeType", type_),
        comment=comment,
        first_use=None if first is None else datetime.fromtimestamp(first, UTC),
        last_use=None if last is None else datetime.fromtimestamp(last, UTC),
    )


def every(link: sqlite3.Connection) -> tuple[Badge, ...]:
    """All badges, by number."""
    return tuple(map(badge_of, link.execute(f"SELECT {COLUMNS} FROM badges ORDER BY number")))  # noqa: S608


def entries(link: sqlite3.Connection) -> list[tuple[int, str, BadgeType, str]]:
    """Number, identifier, type and comment of all badges, by number."""
    return link.execute("SELECT number, uid, type, comment FROM badges ORDER BY number").fetchall()


def find(link: sqlite3.Connection, uid: str) -> Badge | None:
    """The entry of a badge; None for an unknown one."""
    row = link.execute(f"SELECT {COLUMNS} FROM badges WHERE uid = ?", (uid,)).fetchone()  # noqa: S608
    return None if row is None else badge_of(row)


def count(link: sqlite3.Connection) -> int:
    (number,) = link.execute("SELECT count(*) FROM badges").fetchone()
    return int(number)


def last_number(link: sqlite3.Connection) -> int:
    """The highest number that was ever given."""
    (number,) = link.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'badges'").fetchone()
    return int(number or 0)


def add(link: sqlite3.Connection, uid: str, type_: str, comment: str) -> Badge:
    """Enter a badge under the next number. Raises sqlite3.IntegrityError if it is there already."""
    link.execute("INSERT INTO badges (uid, type, comment) VALUES (?, ?, ?)", (uid, type_, comment))
    badge = find(link, uid)
    if badge is None:
        raise LookupError(f"badge {uid} was not stored")
    return badge


def put(link: sqlite3.Connection, badges: Sequence[Badge]) -> None:
    """Store badges as they are. Raises sqlite3.IntegrityError for a number or identifier that is taken."""
    for some in _portions([badge for badge in badges if badge.last_use is None]):
        values: list[object] = []
        for badge in some:
            values += (badge.number, badge.uid, badge.type, badge.comment)
        _insert(link, "number, uid, type, comment", values)
    for some in _portions([badge for badge in badges if badge.last_use is not None]):
        _insert(link, COLUMNS, [value for badge in some for value in _row(badge)])


def _insert(link: sqlite3.Connection, columns: str, values: Sequence[object]) -> None:
    width = columns.count(",") + 1
    row = f"({', '.join('?' * width)})"
    places = ", ".join([row] * (len(values) // width))
    link.execute(f"INSERT INTO badges ({columns}) VALUES {places}", values)  # noqa: S608 - fixed text


def take_out(link: sqlite3.Connection, badges: Sequence[Badge]) -> None:
    """Remove badges by their numbers."""
    for some in _portions(badges):
        places = ", ".join("?" * len(some))
        numbers = [badge.number for badge in some]
        link.execute(f"DELETE FROM badges WHERE number IN ({places})", numbers)  # noqa: S608 - fixed text


def used(link: sqlite3.Connection, uid: str, at: datetime) -> None:
    """A badge began to charge; nothing happens for one that is not in the register."""
    moment = int(at.timestamp())
    link.execute(
        "UPDATE badges SET first_use = ifnull(first_use, ?), last_use = ?"
        " WHERE uid = ? AND (last_use IS NULL OR last_use < ?)",
        (moment, moment, uid, moment),
    )


def _row(badge: Badge) -> Row:
    first, last = badge.first_use, badge.last_use
    return (
        badge.number,
        badge.uid,
        badge.type,
        badge.comment,
        None if first is None else int(first.timestamp()),
        None if last is None else int(last.timestamp()),
    )


def _portions(badges: Sequence[Badge]) -> Iterator[Sequence[Badge]]:
    return (badges[begin : begin + AT_ONCE] for begin in range(0, len(badges), AT_ONCE))
