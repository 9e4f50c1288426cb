"""The part of the seam that is about files that come and go beside the console."""

from __future__ import annotations

from typing import Protocol

from core.values.files import FileDeed


class FileStation(Protocol):
    """What an account may do with files, as `api.Station` does."""

    async def exchange_files(self) -> None:
        """Let files come and go in this session from now on; it is listed so, unless it shows screens."""

    async def note_file(self, deed: FileDeed, name: str, size: int) -> None:
        """Log what became of a file of the drop box. Raises Invalid for a name that no file has."""
