"""One `evtty run` a data folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

NAME = "run.lock"


class FolderTaken(Exception):
    """Another `evtty run` holds the data folder."""


@contextlib.contextmanager
def taken_folder(folder: Path) -> Iterator[None]:
    """Hold the data folder; it is free again however the process ends. Raises FolderTaken."""
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTaken from None
        yield
    finally:
        os.close(descriptor)
