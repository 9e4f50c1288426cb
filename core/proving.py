"""The proof of software on trial: it charges, keeps and answers, or what ran before comes back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors import StationError
from core.link import connect
from core.parts import Parts

BOARDS_SECONDS = 30.0
LOOK_SECONDS = 0.2
CONSOLE_SECONDS = 60.0
CONSOLE: Sequence[str] = ("-m", "console", "--check")
log = logging.getLogger(__name__)


class NotProved(Exception):
    """What runs does not work; the text says what of it."""


async def prove(parts: Parts, folder: Path, *, console: Sequence[str] = CONSOLE) -> None:
    """Prove what is on trial, and keep it; else leave it and restart into what ran before.

    Nothing happens when nothing is on trial. The alarm that the launcher has set is switched off.
    """
    if not parts.firmware.is_on_trial:
        return
    try:
        await _storage(parts)
        await _link(folder)
        await _boards(parts)
        await _console(folder, console)
        parts.firmware.proved()
        parts.storage.keeps_copies = False
        log.info("firmware %s has proved itself", parts.version)
    except (NotProved, StationError, OSError, sqlite3.Error) as fault:
        log.error("firmware %s does not work: %s", parts.version, fault)  # noqa: TRY400 - speaks for itself
        # A disk that does not take this leaves it on trial: its starts are counted.
        with contextlib.suppress(StationError):
            parts.firmware.failed(str(fault))
        parts.ending.ask("restart")
    signal.alarm(0)


async def _storage(parts: Parts) -> None:
    """The database takes and gives."""

    def kept(link: sqlite3.Connection) -> int:
        return int(link.execute("SELECT count FROM starts").fetchone()[0])

    await parts.storage.flush()
    if await parts.storage.read(kept) < 1 or parts.storage.is_damaged:
        raise NotProved("its database does not keep what it should")


async def _link(folder: Path) -> None:
    """Others get an answer on the station's own socket."""
    entrance = await connect(folder)
    try:
        await entrance.welcome()
    finally:
        await entrance.close()


async def _boards(parts: Parts) -> None:
    """The charge points that answered before answer again."""
    awaited = set(parts.firmware.answered_before)
    for _look in range(int(BOARDS_SECONDS / LOOK_SECONDS)):
        awaited -= set(parts.firmware.answering())
        if not awaited:
            return
        await asyncio.sleep(LOOK_SECONDS)
    points = ", ".join(str(point) for point in sorted(awaited))
    raise NotProved(f"the board of charge point {points} does not answer any more")


async def _console(folder: Path, words: Sequence[str]) -> None:
    """The console of the same software can be started."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        "--data",
        str(folder),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONSAFEPATH": "1"},
    )
    try:
        async with asyncio.timeout(CONSOLE_SECONDS):
            code = await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise NotProved(f"its console does not start within {CONSOLE_SECONDS:g} s") from None
    if code:
        raise NotProved(f"its console does not start (code {code})")
