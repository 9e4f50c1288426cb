"""Writing a file so that a power loss leaves the old one or the new one, never half of either."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make names that were created or renamed in `folder` last."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(finished: Path, path: Path) -> None:
    """Put a file that was written completely in the place of `path`; both in one folder."""
    descriptor = os.open(finished, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    finished.replace(path)
    sync_folder(path.parent)


def atomic_write(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a whole file; raises OSError and leaves what was there.

    `mode` is the file's permission bits; they hold from its first moment.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
