"""The machine's own commands answered in this process, each over a connection to a running station."""

from __future__ import annotations

import asyncio
import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

from console.commands.running import run_command
from console.commands.table import LOCAL
from console.local_command import LocalStation


class Streams:
    """What was given to a command, and what it wrote. Implements Output."""

    def __init__(self, given: str) -> None:
        self._given = io.BytesIO(given.encode())
        self.output = ""
        self.errors = ""

    async def data(self, text: str) -> None:
        self.output += text

    async def message(self, text: str) -> None:
        self.errors += f"{text}\n"

    async def read_line(self, prompt: str) -> str | None:
        line = self._given.readline()
        return line.decode().rstrip("\r\n") if line else None

    async def read_bytes(self, most: int) -> bytes:
        return self._given.read(most)


def answer_locally(words: Sequence[str], folder: Path, given: str) -> subprocess.CompletedProcess[str]:
    """How `evtty WORDS` ends on the machine of a data folder; line ends are those of text."""
    return asyncio.run(_answered(words, folder, given))


async def _answered(words: Sequence[str], folder: Path, given: str) -> subprocess.CompletedProcess[str]:
    station, streams = LocalStation(folder), Streams(given)
    try:
        code = await run_command(words, LOCAL, station.open, streams, folder)
    finally:
        await station.close()
    written = streams.output.replace("\r\n", "\n")
    return subprocess.CompletedProcess(words, code, written, streams.errors)
