"""Made files between the question for their size and their last byte; on the disk, without a name."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from console.drop_box.made import MADE, MadeFile
from console.drop_box.room import require_room
from core.api import Station

FRESH_S: Final = 60.0
"""Whoever asks for the size and then for the content within this time gets one and the same file."""


@dataclass(frozen=True, kw_only=True)
class Spooled:
    """A made file; `made` on a clock that is never set, `at` by the calendar."""

    file: IO[bytes]
    size: int
    made: float
    at: float


class Spools:
    """The made files of one connection. They are gone with it, and with this process."""

    def __init__(
        self, station: Station, folder: Path, *, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._station = station
        self._folder = folder
        self._elapsed = elapsed
        self._spooled: dict[str, Spooled] = {}

    def known(self, name: str) -> Spooled | None:
        """What was made a moment ago."""
        spooled = self._spooled.get(name)
        if spooled is None or self._elapsed() - spooled.made > FRESH_S:
            return None
        return spooled

    async def get(self, name: str) -> Spooled | None:
        """Make the file unless it is fresh; None where no such file is made. Raises StationError, OSError."""
        row = next((row for row in MADE if row.name == name), None)
        if row is None:
            return None
        spooled = self.known(name)
        if spooled is None:
            self._forget(name)
            spooled = self._spooled[name] = await self._make(row)
        return spooled

    def close(self) -> None:
        for name in tuple(self._spooled):
            self._forget(name)

    def _forget(self, name: str) -> None:
        spooled = self._spooled.pop(name, None)
        if spooled is not None:
            spooled.file.close()

    async def _make(self, row: MadeFile) -> Spooled:
        with contextlib.ExitStack() as unless_made:
            file = unless_made.enter_context(tempfile.TemporaryFile(dir=self._folder, buffering=0))
            async for part in row.make(self._station):
                require_room(file.fileno())
                _write(file, part)
            unless_made.pop_all()
        return Spooled(file=file, size=file.tell(), made=self._elapsed(), at=time.time())


def _write(file: IO[bytes], content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]
