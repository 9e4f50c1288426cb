"""Restarting the station: charges end with their records, sessions can be taken up again."""

from __future__ import annotations

import asyncio
import contextlib

from core.access import Actor, origin_text
from core.audit import Note
from core.errors import TryLater
from core.events import StationRestarting, StatusChanged
from core.parts import Parts

LAST_WRITES_SECONDS = 5.0


async def restart(parts: Parts, actor: Actor) -> None:
    """End what runs and ask for the restart. Raises TryLater while one is under way."""
    if parts.ending.is_restarting:
        raise TryLater("The station restarts already.")
    parts.ending.is_restarting = True
    parts.announcer.announce(StatusChanged())
    parts.audit.note_when_possible(
        Note(
            kind="audit",
            action="restarted",
            account=actor.account,
            origin=origin_text(actor.origin),
            text=", ".join(parts.settings.restart_keys()),
        )
    )
    try:
        await parts.charging.end_all("restart")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WRITES_SECONDS):
                await parts.storage.flush()
    finally:
        parts.sessions.leave()
        parts.announcer.announce(StationRestarting(by=actor.account))
        parts.ending.ask("restart")
