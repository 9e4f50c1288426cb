"""The calls on files that come and go beside the console."""

from __future__ import annotations

import re

from core.caller import Caller
from core.errors import Invalid
from core.values.files import LONGEST_FILE_NAME, FileDeed

_NAME = re.compile(r"[A-Za-z0-9._-]+")


class FileCalls(Caller):
    """The part of `api.Station` that is about files."""

    async def exchange_files(self) -> None:
        self._may("files")
        self._parts.sessions.exchange_files(self._session)

    async def note_file(self, deed: FileDeed, name: str, size: int) -> None:
        self._may("files")
        if len(name) > LONGEST_FILE_NAME or not _NAME.fullmatch(name):
            raise Invalid("No file has this name.")
        self._note(deed, f"{name}, {size} bytes")
