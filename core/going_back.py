"""What is kept, as it was before newer software changed its tables, when that software is left again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from core.database import COPIES, DATABASE_FILE, Recovery, connect, copies, restore, set_aside
from core.files import sync_folder


def go_back(folder: Path, schema: Sequence[str], migrations: Sequence[str]) -> Recovery | None:
    """Set a database of newer software aside, and make it again from the newest copy from before.

    What the journal has since is repeated as far as the older tables take it. None where the database is
    not newer, or where no copy is from before: whoever opens it says what is wrong then. May be cut off and
    begun again at any moment. Raises OSError.
    """
    path = folder / DATABASE_FILE
    if not path.exists() or not _is_newer(path, migrations):
        return None
    newer = [copy for copy in copies(folder) if _is_newer(copy, migrations)]
    if len(newer) == len(copies(folder)):
        return None
    for copy in newer:
        copy.unlink()
    sync_folder(folder / COPIES)
    aside = set_aside(folder)
    copy_name, transactions = restore(folder, schema, migrations)
    return Recovery(set_aside=aside.name, copy=copy_name, transactions=transactions, newer=True)


def _is_newer(path: Path, migrations: Sequence[str]) -> bool:
    """False for one that cannot be read: that is damage, and another matter."""
    try:
        with closing(connect(path, read_only=True)) as link:
            (version,) = link.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        return False
    return int(version) > len(migrations)
