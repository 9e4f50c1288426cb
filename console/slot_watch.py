"""Ends the console when other software runs than it was started from; it is started again from there."""

from __future__ import annotations

import asyncio
from pathlib import Path

from core.firmware.launch import proved_slot, running_slot

LOOK_EVERY_S = 2.0


async def follow_firmware(folder: Path, stop: asyncio.Event) -> None:
    """Set `stop` once the slot that has proved itself is not the one that this process runs from."""
    while proved_slot(folder) == running_slot():  # noqa: ASYNC110 -- another process writes it.
        await asyncio.sleep(LOOK_EVERY_S)
    stop.set()
