"""Saving settings: planned, stored with their log entries in one transaction, then followed and announced."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence

import msgspec

from core.access import Actor, origin_text
from core.api import Change, ChangeOutcome
from core.audit import Audit, Note, append
from core.clock import Clock
from core.errors import Invalid
from core.events import AnyEvent, SettingsChanged
from core.secrets import StationKey
from core.settings import table
from core.settings.plan import Plan
from core.settings.store import Settings
from core.storage import Storage
from core.values.setting import Value


class Saving:
    """The one way settings are changed; one save at a time."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        key: StationKey,
        audit: Audit,
        clock: Clock,
        announce: Callable[[AnyEvent], None],
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._key = key
        self._audit = audit
        self._clock = clock
        self._announce = announce
        self._one_at_a_time = asyncio.Lock()

    async def save(
        self,
        changes: Mapping[str, Value],
        *,
        actor: Actor,
        seen: Mapping[str, Value] | None,
        dry_run: bool,
        whole: bool = False,
        file: str = "",
    ) -> ChangeOutcome:
        """Save all or nothing; see api.Station.change_settings for what it raises.

        `whole`: see Settings.plan. `file`: they are those of a file, and the log says so in front of them.
        """
        async with self._one_at_a_time:
            whole = whole or bool(file)
            plan = self._settings.plan(changes, account=actor.account, seen=seen, whole=whole)
            outcome = ChangeOutcome(
                changes=plan.changes,
                restart_needed=plan.restart_needed,
                saved=False,
                problems=plan.problems,
                notes=plan.notes,
            )
            if dry_run:
                return outcome
            if plan.problems:
                raise Invalid.from_problems(plan.problems)
            notes = [_imported(plan, actor, file)] if file else []
            notes += [_note(change, actor) for change in plan.changes]
            if not notes:
                return outcome
            numbers = await self._storage.write(lambda link: self._store(link, plan, notes))
            self._settings.accept(plan)
        for number in numbers:
            self._audit.stored(number)
        if plan.changes:
            self._announce(
                SettingsChanged(
                    keys=tuple(change.key for change in plan.changes),
                    session=actor.session,
                    account=actor.account,
                )
            )
        return msgspec.structs.replace(outcome, saved=True)

    def _store(self, link: sqlite3.Connection, plan: Plan, notes: Sequence[Note]) -> list[int]:
        table.save(link, plan.texts, seal=self._key.seal)
        now = self._clock.now()
        return [append(link, note, now) for note in notes]


def _note(change: Change, actor: Actor) -> Note:
    return Note(
        kind="audit",
        action="setting_changed",
        account=actor.account,
        origin=origin_text(actor.origin),
        subject=change.key,
        old=None if change.old is None else str(change.old),
        new=None if change.new is None else str(change.new),
    )


def _imported(plan: Plan, actor: Actor, file: str) -> Note:
    return Note(
        kind="audit",
        action="configuration_imported",
        account=actor.account,
        origin=origin_text(actor.origin),
        subject=f"{len(plan.changes)} settings",
        text=file,
    )
