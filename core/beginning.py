"""What a station does once, when its parts are made and before anything runs."""

from __future__ import annotations

import sqlite3
from functools import partial

from core.audit import Note
from core.demo import furnish
from core.error_history.following import ErrorHistory
from core.events import AnyEvent, StatusChanged
from core.notices import FIRMWARE_LEFT, RECOVERED
from core.parts import Parts


async def begin(parts: Parts) -> None:
    """Count the start, note in the log what was found, and take up what was kept."""
    starts = await parts.storage.write(_count_start)
    await parts.error_history.start()
    parts.announcer.tell_first(partial(_keep_errors, parts.error_history))
    parts.audit.note_when_possible(Note(kind="event", action="started", text=f"start {starts}"))
    if parts.storage.recovery is not None:
        found = parts.storage.recovery
        parts.notices.set(RECOVERED, not found.newer)
        parts.audit.note_when_possible(
            Note(
                kind="event",
                action="storage_recovered",
                subject=found.set_aside,
                text=f"from {found.copy or ('nothing' if found.set_aside else 'itself')}"
                f" and {found.transactions} transactions of the journal",
            )
        )
    for problem in parts.settings.unreadable:
        parts.audit.note_when_possible(
            Note(kind="event", action="setting_left_aside", subject=problem.key or "", text=problem.message)
        )
    await parts.accounts.start()
    await parts.sessions.start()
    if parts.demo:
        await furnish(parts.storage, parts.profile, parts.clock.now())
    await parts.charging.start()
    await parts.supervision.open()
    await parts.smart.start()
    parts.notices.set(FIRMWARE_LEFT, parts.firmware.start())


def _keep_errors(history: ErrorHistory, event: AnyEvent) -> None:
    if isinstance(event, StatusChanged):
        history.look()


def _count_start(link: sqlite3.Connection) -> int:
    link.execute("UPDATE starts SET count = count + 1")
    (count,) = link.execute("SELECT count FROM starts").fetchone()
    return int(count)
