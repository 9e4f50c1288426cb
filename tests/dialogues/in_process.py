"""Commands answered in this process, by the same code that answers them over SSH."""

from __future__ import annotations

from pathlib import Path

from console.commands.parsing import split_line
from console.commands.running import run_command
from console.commands.table import REMOTE
from core.api import Station
from tests.dialogues.client import Answer

NOWHERE = Path("/nonexistent")


class Captured:
    """Keeps what a command writes; nobody types. Implements Output."""

    def __init__(self) -> None:
        self.output = ""
        self.errors = ""

    async def data(self, text: str) -> None:
        self.output += text

    async def message(self, text: str) -> None:
        self.errors += f"{text}\n"

    async def read_line(self, prompt: str) -> str | None:
        return None

    async def read_bytes(self, most: int) -> bytes:
        return b""


async def answer(station: Station, line: str, folder: Path = NOWHERE) -> Answer:
    """The answer to a command line as `station`'s account gets it over SSH; files come from `folder`."""
    out = Captured()

    async def opened() -> Station:
        return station

    code = await run_command(split_line(line), REMOTE, opened, out, folder)
    return Answer(code, out.output.encode(), out.errors)
