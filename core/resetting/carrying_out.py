"""Carries out the order of a reset before the station opens its data; what was cut off is done again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec

from core import database
from core.audit import Note, append
from core.errors import StationError
from core.files import sync_folder
from core.journal import PATTERN
from core.resetting import files, order
from core.resetting.order import Order
from core.resetting.redaction import redact
from core.resetting.tables import ERASED, emptied_by


class CarriedOut(msgspec.Struct, frozen=True, kw_only=True):
    """An order and what is still left to do of it, in words; "" when all is done."""

    order: Order
    left: str = ""


def carry_out(folder: Path, schema: Sequence[str], migrations: Sequence[str]) -> CarriedOut | None:
    """Do what is ordered; None when nothing is.

    The tables go in one transaction: before it nothing has gone, after it no restored copy brings anything
    back. What fails is left for the next start, and never keeps the station from starting. Raises
    StationError where the database could not be opened at any start.
    """
    ordered = order.given(folder)
    if ordered is None:
        return None
    try:
        _carry_out(folder, schema, migrations, ordered)
    except (OSError, sqlite3.Error) as fault:
        return CarriedOut(order=ordered, left=str(fault) or type(fault).__name__)
    return CarriedOut(order=ordered)


def _carry_out(folder: Path, schema: Sequence[str], migrations: Sequence[str], ordered: Order) -> None:
    link, _, _ = database.open_checked(folder, schema, migrations)
    try:
        if not _is_done(link, ordered):
            _empty(link, ordered)
        files.remove(folder, ordered.kind)
        _rewrite(link)
        _copy_again(link, folder)
    finally:
        link.close()
    order.done(folder)


def _is_done(link: sqlite3.Connection, ordered: Order) -> bool:
    row = link.execute("SELECT id FROM reset_done").fetchone()
    return row is not None and row[0] == ordered.id


def _empty(link: sqlite3.Connection, ordered: Order) -> None:
    """Everything that goes, the entry in the log and the mark that it was done, all or nothing."""
    # Whole tables go, with those that refer to them: a look at every row takes several times as long.
    link.execute("PRAGMA foreign_keys = OFF")
    link.execute("BEGIN IMMEDIATE")
    try:
        if ordered.kind == "personal_data":
            redact(link)
            for statement in ERASED:
                link.execute(statement)
        there = {name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        gone = [table for table in emptied_by(ordered.kind) if table in there]
        for table in gone:
            link.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        if ordered.kind == "factory_reset":
            places = ", ".join("?" * len(gone))
            link.execute(f"DELETE FROM sqlite_sequence WHERE name IN ({places})", gone)  # noqa: S608
        append(link, _note(ordered), ordered.ordered)
        link.execute("INSERT OR REPLACE INTO reset_done VALUES (1, ?)", (ordered.id,))
        link.execute("UPDATE journal_position SET position = position + 1")
        link.execute("COMMIT")
    except BaseException:
        if link.in_transaction:
            link.execute("ROLLBACK")
        raise


def _note(ordered: Order) -> Note:
    action = "factory_reset" if ordered.kind == "factory_reset" else "personal_data_erased"
    return Note(kind="audit", action=action, account=ordered.account, origin=ordered.origin)


def _rewrite(link: sqlite3.Connection) -> None:
    """Write the whole file anew, so that no free page of it holds what went."""
    link.execute("VACUUM")
    link.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_again(link: sqlite3.Connection, folder: Path) -> None:
    """Replace every copy and the journal, which still hold what went, by a copy of what is there now."""
    try:
        newest = database.copy_to(link, folder)
    except StationError as damaged:
        raise OSError(damaged.message) from None
    place = folder / database.COPIES
    for path in (*database.copies(folder), *place.glob(PATTERN)):
        if path != newest:
            path.unlink()
    sync_folder(place)
