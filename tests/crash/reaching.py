"""The way to a station that may be dead at the moment, and come back."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from core.api import Entrance, Origin, Station
from core.errors import TryLater
from core.link import connect

PATIENCE_S = 60.0
PAUSE_S = 0.02


async def entrance(folder: Path) -> Entrance:
    """A connection to the station of a data folder, as soon as it answers."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            found = await connect(folder)
            await found.welcome()
            return found
        except TryLater:
            if time.monotonic() > deadline:
                raise
        await asyncio.sleep(PAUSE_S)


async def station(folder: Path) -> Station:
    """The machine's own session there, as soon as it can be opened."""
    while True:
        try:
            return await (await entrance(folder)).local(Origin(kind="local"))
        except TryLater:
            continue
