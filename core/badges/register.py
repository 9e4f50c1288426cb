"""The register of badges: every change is checked, stored whole, logged with old and new, and announced."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from typing import get_args

import msgspec

from core.audit import Audit, Note, append
from core.badges import csv_file, finding, importing, table
from core.badges.changes import Author, Changes, notes, store
from core.badges.comment import badge_comment
from core.badges.uid import badge_uid
from core.clock import Clock
from core.errors import Conflict, Invalid, NotFound
from core.events import AnyEvent, BadgesChanged
from core.storage import Storage
from core.values.badges import (
    Badge,
    BadgeChange,
    BadgeImport,
    BadgePage,
    BadgeQuery,
    BadgeSelection,
    BadgeType,
    ImportMode,
)


class Register:
    """The badges in the station's memory; `announce` takes facts and never waits."""

    def __init__(
        self, storage: Storage, audit: Audit, clock: Clock, announce: Callable[[AnyEvent], None]
    ) -> None:
        self._storage = storage
        self._audit = audit
        self._clock = clock
        self._announce = announce

    async def page(self, query: BadgeQuery) -> BadgePage:
        return await self._storage.read(lambda link: finding.page(link, query))

    async def find(self, uid: str) -> Badge | None:
        return await self._storage.read(lambda link: table.find(link, uid))

    async def add(self, uid: str, type_: BadgeType, comment: str, author: Author) -> Badge:
        """Enter a badge under the next number. Raises Invalid, Conflict for one that is there already."""
        entry = Badge(number=0, uid=badge_uid(uid), type=_checked(type_), comment=badge_comment(comment))

        def plan(link: sqlite3.Connection) -> Changes:
            there = table.find(link, entry.uid)
            if there is not None:
                raise Conflict(
                    "The badge {uid} is in the register already, with number {number}",
                    uid=there.uid,
                    number=there.number,
                )
            importing.require_room(table.count(link) + 1)
            return Changes(added=(msgspec.structs.replace(entry, number=table.last_number(link) + 1),))

        return (await self._change(plan, author)).added[0]

    async def set(
        self,
        uid: str,
        author: Author,
        *,
        type_: BadgeType | None = None,
        comment: str | None = None,
        seen: Badge | None = None,
    ) -> Badge:
        """Change what is not None. Raises Invalid, NotFound, Conflict when it is not as `seen` any more."""
        uid = badge_uid(uid)
        new_comment = None if comment is None else badge_comment(comment)
        new_type = None if type_ is None else _checked(type_)
        result: list[Badge] = []

        def plan(link: sqlite3.Connection) -> Changes:
            there = table.find(link, uid)
            if there is None:
                raise NotFound("The badge {uid} is not in the register", uid=uid)
            if seen is not None and (seen.type, seen.comment) != (there.type, there.comment):
                raise Conflict(
                    "Somebody else has changed the badge {uid} meanwhile",
                    uid=uid,
                    details={"type": there.type, "comment": there.comment},
                )
            new = msgspec.structs.replace(
                there,
                type=there.type if new_type is None else new_type,
                comment=there.comment if new_comment is None else new_comment,
            )
            result.append(new)
            return Changes(changed=(BadgeChange(old=there, new=new),) if new != there else ())

        await self._change(plan, author)
        return result[-1]

    async def set_type(self, selection: BadgeSelection, type_: BadgeType, author: Author) -> int:
        """Give all of them this type; returns how many had another one."""
        new_type = _checked(type_)

        def plan(link: sqlite3.Connection) -> Changes:
            return Changes(
                changed=tuple(
                    BadgeChange(old=badge, new=msgspec.structs.replace(badge, type=new_type))
                    for badge in finding.selected(link, selection)
                    if badge.type != new_type
                )
            )

        return len((await self._change(plan, author)).changed)

    async def remove(self, selection: BadgeSelection, author: Author) -> int:
        """Remove all of them or none; returns how many."""
        changes = await self._change(lambda link: Changes(removed=finding.selected(link, selection)), author)
        return len(changes.removed)

    async def export(self) -> bytes:
        """The register as a sealed file."""
        return await self._storage.read(lambda link: csv_file.file_of_entries(table.entries(link)))

    async def take_over(
        self, file: bytes, author: Author, *, mode: ImportMode, accept_edited: bool, dry_run: bool
    ) -> BadgeImport:
        """Import a file, all or nothing; a dry run tells its problems instead of raising Invalid."""
        importing.require_mode(mode)
        read = await asyncio.to_thread(csv_file.read, file)
        if dry_run:
            return await self._storage.read(lambda link: importing.plan(link, read, mode))
        planned: list[BadgeImport] = []

        def plan(link: sqlite3.Connection) -> Changes:
            found = importing.plan(link, read, mode)
            if found.problems:
                raise Invalid.from_problems(found.problems)
            if found.seal != "intact" and not accept_edited:
                raise Invalid(importing.EDITED[found.seal])
            planned.append(found)
            return Changes(added=found.added, changed=found.changed, removed=found.removed)

        await self._change(plan, author, lambda: importing.heading(planned[-1], author))
        return msgspec.structs.replace(planned[-1], saved=True)

    async def _change(
        self,
        plan: Callable[[sqlite3.Connection], Changes],
        author: Author,
        heading: Callable[[], Note] | None = None,
    ) -> Changes:
        now = self._clock.now()

        def act(link: sqlite3.Connection) -> tuple[Changes, list[int]]:
            changes = plan(link)
            store(link, changes)
            told = [heading()] if heading is not None else []
            return changes, [append(link, note, now) for note in (*told, *notes(changes, author))]

        changes, numbers = await self._storage.write(act)
        for number in numbers[-1:]:
            self._audit.stored(number)
        if changes:
            self._announce(BadgesChanged())
        return changes


def _checked(type_: BadgeType) -> BadgeType:
    if type_ not in get_args(BadgeType):
        raise Invalid("The type of a badge is user, vip or admin, got {got}", got=str(type_)[:40])
    return type_
