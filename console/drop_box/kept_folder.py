"""Folders of the drop box on the disk: entered without following links, for this user only."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FILES: Final = "drop-box"
FOLDER_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
FILE_FLAGS: Final = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""Not blocking: something that is no file may lie there under its name."""


@contextlib.contextmanager
def entered(data: Path, *parts: str) -> Iterator[int]:
    """A descriptor of `drop-box/PARTS` in the data folder, made where it is missing. Raises OSError."""
    descriptor = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in (FILES, *parts):
            with contextlib.suppress(FileExistsError):
                os.mkdir(part, 0o700, dir_fd=descriptor)
            inner = os.open(part, FOLDER_FLAGS, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def sizes(folder: int) -> dict[str, os.stat_result]:
    """What is in a folder, plain files only, by name."""
    found: dict[str, os.stat_result] = {}
    for name in os.listdir(folder):
        with contextlib.suppress(FileNotFoundError):
            facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if stat.S_ISREG(facts.st_mode):
                found[name] = facts
    return found


def open_to_read(folder: int, name: str) -> int:
    """Raises FileNotFoundError, also for what is no plain file."""
    try:
        descriptor = os.open(name, os.O_RDONLY | FILE_FLAGS, dir_fd=folder)
    except OSError:
        raise FileNotFoundError(name) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(name)
    return descriptor


def open_to_write(folder: int, name: str) -> int | None:
    """The only writer's descriptor of an empty file; None while somebody else writes it. Raises OSError."""
    while True:
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | FILE_FLAGS, 0o600, dir_fd=folder)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        if _is(folder, name, descriptor):
            os.ftruncate(descriptor, 0)
            return descriptor
        # Whoever wrote it before took it away between the two steps.
        os.close(descriptor)


def _is(folder: int, name: str, descriptor: int) -> bool:
    try:
        facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(facts, os.fstat(descriptor))
