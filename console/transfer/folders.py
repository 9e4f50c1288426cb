"""Folders for files on their way, gone with the transfer whatever becomes of this process."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NAME: Final = "transfers"


@contextlib.contextmanager
def transfer_folder(data: Path) -> Iterator[Path]:
    """A new empty folder that only this user may enter. Raises OSError.

    Folders of processes that were killed are removed first: nobody holds their locks any more.
    """
    root = data / NAME
    root.mkdir(mode=0o700, exist_ok=True)
    with _locked(root, fcntl.LOCK_EX):
        _remove_left_over(root)
        folder = Path(tempfile.mkdtemp(dir=root))
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def remove_left_over(data: Path) -> None:
    """Remove what transfers of killed processes have left behind."""
    root = data / NAME
    if root.is_dir():
        with _locked(root, fcntl.LOCK_EX):
            _remove_left_over(root)


def _remove_left_over(root: Path) -> None:
    for folder in root.iterdir():
        with contextlib.suppress(OSError), _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
