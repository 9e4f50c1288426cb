"""What a handle of SFTP stands for: a file that is read, one that comes, or a folder that is listed."""

from __future__ import annotations

import os
from typing import Protocol

from console.drop_box.listing import file_attributes, folder_attributes
from console.drop_box.packets import LONGEST_READ, Attributes
from console.drop_box.places import Folder

ENTRIES_AT_ONCE = 50


class Opened(Protocol):
    @property
    def attributes(self) -> Attributes: ...

    def drop(self) -> None:
        """Nobody holds it any more."""


class Readable:
    """A file that is fetched. Owns the descriptor."""

    def __init__(self, descriptor: int, folder: Folder, size: int, at: float) -> None:
        self._descriptor = descriptor
        self.attributes = file_attributes(folder, size, at)

    def read(self, offset: int, length: int) -> bytes:
        """Some of it, not more than LONGEST_READ. Raises EOFError behind its end."""
        size = self.attributes.size or 0
        if offset >= size:
            raise EOFError
        return os.pread(self._descriptor, min(length, LONGEST_READ, size - offset), offset)

    def drop(self) -> None:
        os.close(self._descriptor)


class Listing:
    """A folder as it was when it was opened."""

    def __init__(self, entries: list[tuple[str, str, Attributes]]) -> None:
        self._entries = entries
        self.attributes = folder_attributes()

    def take(self) -> list[tuple[str, str, Attributes]]:
        """The next entries. Raises EOFError after the last."""
        if not self._entries:
            raise EOFError
        taken, self._entries = self._entries[:ENTRIES_AT_ONCE], self._entries[ENTRIES_AT_ONCE:]
        return taken

    def drop(self) -> None:
        self._entries = []
