"""The mark on the disk that a change of the network is on trial, written before anything is applied."""

from __future__ import annotations

import contextlib
from pathlib import Path

from core.files import atomic_write, sync_folder

NAME = "network-on-trial"


class Marker:
    """A file in the data folder; while it is there, what is saved is not what may be in force."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def is_set(self) -> bool:
        return self._path.exists()

    def set(self, said: str) -> None:
        """Put the mark on the disk; `said` is for whoever looks into the file. Raises OSError."""
        atomic_write(self._path, f"{said}\n".encode())

    def remove(self) -> None:
        """Take the mark away, for good when this returns. Raises OSError."""
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
            sync_folder(self._path.parent)
