"""A command's two ends as a test holds them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.commands.command import Command
from console.commands.output import OutputClosed
from console.commands.running import run_command
from console.commands.table import LOCAL, REMOTE
from core.api import Station

NOWHERE = Path("/nonexistent")


class RecordedOutput:
    """Keeps what a command wrote; gives it `typed` line by line, or `file`; closes after `most` writes."""

    def __init__(self, *typed: str, file: bytes = b"", most: int | None = None) -> None:
        self.written = ""
        self.messages: list[str] = []
        self._typed = list(typed)
        self._file = file
        self._left = most

    async def data(self, text: str) -> None:
        if self._left is not None:
            if not self._left:
                raise OutputClosed
            self._left -= 1
        self.written += text

    async def message(self, text: str) -> None:
        self.messages.append(text)

    async def read_line(self, prompt: str) -> str | None:
        return self._typed.pop(0) if self._typed else None

    async def read_bytes(self, most: int) -> bytes:
        read, self._file = self._file[:most], self._file[most:]
        return read


class Asked:
    """What came of one command: its exit code, its data, its messages."""

    def __init__(self, code: int, out: RecordedOutput) -> None:
        self.code = code
        self.text = out.written
        self.messages = out.messages

    @property
    def json(self) -> Any:
        return json.loads(self.text)


async def ask(
    station: Station | None,
    *words: str,
    typed: Sequence[str] = (),
    file: bytes = b"",
    local: bool = False,
    most: int | None = None,
    folder: Path = NOWHERE,
) -> Asked:
    """Run a command as an account over SSH would, or (`local`) on the machine itself.

    Files of the drop box come from `folder`.
    """
    table: Sequence[Command] = LOCAL if local else REMOTE
    out = RecordedOutput(*typed, file=file, most=most)

    async def open_station() -> Station:
        assert station is not None, "this command needs no station"
        return station

    return Asked(await run_command(words, table, open_station, out, folder), out)
