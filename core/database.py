"""The database file: opened checked, set aside when damaged, made again from its newest copy."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from core.errors import StationError
from core.files import replace_file, sync_folder
from core.journal import drop_older, transactions_after

DATABASE_FILE = "station.sqlite"
COPIES = "copies"
COPIES_KEPT = 3
CHECK_SECONDS = 20.0
BOOKKEEPING = """
CREATE TABLE IF NOT EXISTS journal_position (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    position INTEGER NOT NULL
);
INSERT OR IGNORE INTO journal_position VALUES (1, 0);
"""


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """What was done about a damaged database, or about one of `newer` software that was left again.

    `copy` is the copy it was made from ("" where there was none), `transactions` those of the journal since.
    `set_aside` is "" where the file was good but lacked its newest transactions.
    """

    set_aside: str
    copy: str
    transactions: int
    newer: bool = False


class Damaged(StationError):
    """The database file is not one, or its check found faults."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a connection as the station uses it: explicit transactions, every commit on the disk."""
    mode = "ro" if read_only else "rwc"
    link = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=10,
    )
    if not read_only:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("PRAGMA synchronous=FULL")
        link.execute("PRAGMA foreign_keys=ON")
    return link


def check(link: sqlite3.Connection, *, seconds: float = CHECK_SECONDS) -> bool:
    """Look for damage for at most `seconds`; raises Damaged. True when everything was looked at."""
    end = time.monotonic() + seconds
    link.set_progress_handler(lambda: time.monotonic() > end, 100_000)
    try:
        found = link.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return False
        raise
    finally:
        link.set_progress_handler(None, 0)
    if found != ("ok",):
        raise Damaged("The database is damaged: {fault}", fault=found[0] if found else "no answer")
    return True


def prepare(link: sqlite3.Connection, schema: Sequence[str], migrations: Sequence[str]) -> bool:
    """Bring the tables to this version; True when older ones were changed for it.

    Raises StationError for a database of a newer version.
    `schema` may run on every start; `migrations` run once each, in order, on older databases only.
    """
    fresh = link.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    (version,) = link.execute("PRAGMA user_version").fetchone()
    if not fresh and version > len(migrations):
        raise StationError("The database was written by a newer version of this program.")
    due = () if fresh else migrations[version:]
    for script in due:
        link.executescript(f"BEGIN IMMEDIATE;\n{script};\nCOMMIT;")
    link.executescript("\n".join(("BEGIN IMMEDIATE;", BOOKKEEPING, *schema, "COMMIT;")))
    link.execute(f"PRAGMA user_version={len(migrations)}")
    return bool(due)


def position(link: sqlite3.Connection) -> int:
    """How many transactions the database has seen."""
    (count,) = link.execute("SELECT position FROM journal_position").fetchone()
    return int(count)


def copies(folder: Path) -> list[Path]:
    """The complete copies, newest first."""
    return sorted((folder / COPIES).glob("station-*.sqlite"), reverse=True)


def copy_to(source: sqlite3.Connection, folder: Path, *, keeps_older: bool = False) -> Path:
    """Copy the database as it is now into `copies/`; the oldest copies go, unless all are kept.

    Raises OSError, sqlite3.Error; Damaged when what would be copied is, and then the older copies stay.
    """
    place = folder / COPIES
    for unfinished in place.glob(".station-*.new"):
        unfinished.unlink()
    name = f"station-{position(source):012d}.sqlite"
    unfinished = place / f".{name}.new"
    target = sqlite3.connect(unfinished)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        check(target)
    finally:
        target.close()
    unfinished.chmod(0o600)
    replace_file(unfinished, place / name)
    kept = copies(folder)
    if keeps_older:
        return place / name
    for old in kept[COPIES_KEPT:]:
        old.unlink()
    drop_older(place, int(kept[:COPIES_KEPT][-1].stem.split("-")[1]))
    return place / name


def set_aside(folder: Path) -> Path:
    """Rename the damaged database and what belongs to it; return its new name."""
    path = folder / DATABASE_FILE
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{DATABASE_FILE}.damaged-{stamp}")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    sync_folder(folder)
    return aside


def restore(folder: Path, schema: Sequence[str], migrations: Sequence[str]) -> tuple[str, int]:
    """Make the database from the newest good copy and the journal; return its name, the number replayed."""
    path = folder / DATABASE_FILE
    for copy in copies(folder):
        unfinished = path.with_name(f".{DATABASE_FILE}.new")
        unfinished.write_bytes(copy.read_bytes())
        unfinished.chmod(0o600)
        link = sqlite3.connect(unfinished, isolation_level=None)
        try:
            check(link)
            prepare(link, schema, migrations)
            done = _replay(link, folder)
        except (sqlite3.DatabaseError, Damaged):
            continue
        finally:
            link.close()
        replace_file(unfinished, path)
        return copy.name, done
    return "", 0


def _replay(link: sqlite3.Connection, folder: Path) -> int:
    """Repeat what the journal has since; ends before the first transaction that cannot be repeated."""
    done = 0
    for transaction in transactions_after(folder / COPIES, position(link)):
        link.execute("BEGIN IMMEDIATE")
        try:
            for statement in transaction.statements:
                # What broke a constraint then, and was caught, breaks it again.
                with contextlib.suppress(sqlite3.IntegrityError):
                    link.execute(statement)
        except sqlite3.Error:
            link.execute("ROLLBACK")
            return done
        link.execute("COMMIT")
        done += 1
    return done


def open_checked(
    folder: Path, schema: Sequence[str], migrations: Sequence[str] = ()
) -> tuple[sqlite3.Connection, Recovery | None, bool]:
    """Open the database of a data folder for writing, restored first if it is damaged.

    The second is what was restored, the third whether a copy is due before anything else.
    """
    path = folder / DATABASE_FILE
    (folder / COPIES).mkdir(mode=0o700, exist_ok=True)
    recovery = None
    if not path.exists() and copies(folder):
        copy, transactions = restore(folder, schema, migrations)
        recovery = Recovery(set_aside="", copy=copy, transactions=transactions)
    try:
        link, migrated = _open(path, schema, migrations)
        _refuse_older_than_its_copy(link, folder)
        redone = _replay(link, folder)
    except sqlite3.OperationalError:
        raise  # Locked, no room, no permission: not damage.
    except (sqlite3.DatabaseError, Damaged):
        aside = set_aside(folder)
        copy, transactions = restore(folder, schema, migrations)
        recovery = Recovery(set_aside=aside.name, copy=copy, transactions=transactions)
        link, migrated = _open(path, schema, migrations)
    else:
        # One may be missing after a death between journal and database; more were lost with the -wal file.
        if redone > 1 and recovery is None:
            recovery = Recovery(set_aside="", copy="", transactions=redone)
    path.chmod(0o600)
    return link, recovery, migrated or recovery is not None or not copies(folder)


def _refuse_older_than_its_copy(link: sqlite3.Connection, folder: Path) -> None:
    """Raise Damaged for a database that has lost what a copy of it still has."""
    newest = next((int(copy.stem.split("-")[1]) for copy in copies(folder)), 0)
    if position(link) < newest:
        link.close()
        raise Damaged("The database has lost its newest changes")


def _open(path: Path, schema: Sequence[str], migrations: Sequence[str]) -> tuple[sqlite3.Connection, bool]:
    link = connect(path)
    try:
        check(link)
        return link, prepare(link, schema, migrations)
    except BaseException:
        link.close()
        raise
