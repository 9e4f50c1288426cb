"""A database that cannot be read any more."""

from __future__ import annotations

import os
from pathlib import Path

from core.database import DATABASE_FILE


def damage(folder: Path) -> None:
    """Leave nothing to be read of the database's first page, neither in its file nor in its log."""
    for path in (folder / DATABASE_FILE, folder / f"{DATABASE_FILE}-wal"):
        content = bytearray(path.read_bytes())
        content[:4096] = os.urandom(4096)
        path.write_bytes(content)
