"""Runs one command on the machine itself, on the station of a data folder."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from console.commands.exit_codes import DONE
from console.commands.output import OutputClosed
from console.commands.running import run_command
from console.commands.table import LOCAL
from core.api import Entrance, Origin, Station
from core.errors import NotAllowed, TryLater
from core.link.address import SOCKET_FILE

LOCAL_ORIGIN = Origin(kind="local", purpose="command")


class StandardOutput:
    """Standard output, error and input of this process."""

    async def data(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered would be tried again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise OutputClosed from None

    async def message(self, text: str) -> None:
        print(text, file=sys.stderr)

    async def read_line(self, prompt: str) -> str | None:
        if sys.stdin is None:
            return None
        if sys.stdin.isatty():
            try:
                return await asyncio.to_thread(getpass.getpass, prompt)
            except EOFError:
                return None
        line = await asyncio.to_thread(sys.stdin.readline)
        return line.rstrip("\r\n") if line else None

    async def read_bytes(self, most: int) -> bytes:
        if sys.stdin is None:
            return b""
        return await asyncio.to_thread(sys.stdin.buffer.read, most)


class LocalStation:
    """The station of a data folder, opened when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entrance: Entrance | None = None

    async def open(self) -> Station:
        """Raises TryLater when no station answers, NotAllowed to who may not look for one."""
        from core.link import connect

        try:
            self._entrance = await connect(self._folder)
        except TryLater:
            if _is_closed(self._folder):
                raise NotAllowed(
                    "The data folder {folder} is not yours: be root, or its owner.", folder=self._folder
                ) from None
            raise
        return await self._entrance.local(LOCAL_ORIGIN)

    async def close(self) -> None:
        if self._entrance is not None:
            await self._entrance.close()


def _is_closed(folder: Path) -> bool:
    """True for somebody who may not enter the data folder."""
    try:
        (folder / SOCKET_FILE).stat()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def run_locally(words: Sequence[str], folder: Path) -> int:
    """Answer one command; gives its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdout, "reconfigure") and not sys.stdout.isatty():
        # Files are UTF-8 whatever the terminal that made them speaks.
        sys.stdout.reconfigure(encoding="utf-8")
    return asyncio.run(_run(words, folder))


async def _run(words: Sequence[str], folder: Path) -> int:
    station = LocalStation(folder)
    try:
        return await run_command(words, LOCAL, station.open, StandardOutput(), folder)
    except OutputClosed:
        return DONE
    finally:
        await station.close()
