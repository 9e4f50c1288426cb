"""What changes in the register, and what the log says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from core.audit import LONGEST_TEXT, Note
from core.badges import table
from core.values.badges import Badge, BadgeChange


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who changes the register: an account, or the station for somebody at the reader."""

    account: str
    origin: str
    text: str = ""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What is added, changed and removed at once."""

    added: tuple[Badge, ...] = ()
    changed: tuple[BadgeChange, ...] = ()
    removed: tuple[Badge, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def store(link: sqlite3.Connection, changes: Changes) -> None:
    """Bring the register to the new state; numbers may be exchanged among the changed badges."""
    table.take_out(link, [*changes.removed, *(change.old for change in changes.changed)])
    table.put(link, [*changes.added, *(change.new for change in changes.changed)])


def notes(changes: Changes, author: Author) -> Iterator[Note]:
    """Every badge with its old and its new entry, many of them in one note."""
    kinds: tuple[tuple[str, Sequence[tuple[str, Badge | None, Badge | None]]], ...] = (
        ("badges_added", [(badge.uid, None, badge) for badge in changes.added]),
        ("badges_changed", [(change.old.uid, change.old, change.new) for change in changes.changed]),
        ("badges_removed", [(badge.uid, badge, None) for badge in changes.removed]),
    )
    for action, badges in kinds:
        for uids, old, new in _portions(badges):
            yield Note(
                kind="audit",
                action=action,
                account=author.account,
                origin=author.origin,
                subject=uids[0] if len(uids) == 1 else f"{len(uids)} badges",
                old=old,
                new=new,
                text=author.text,
            )


def _portions(
    badges: Sequence[tuple[str, Badge | None, Badge | None]],
) -> Iterator[tuple[list[str], str | None, str | None]]:
    """As many badges as go into one note uncut."""
    uids: list[str] = []
    old: list[str] = []
    new: list[str] = []
    room = LONGEST_TEXT
    for uid, before, after in badges:
        was = None if before is None else _entry(before)
        is_now = None if after is None else _entry(after)
        needed = max(len(was or ""), len(is_now or "")) + 2
        if needed > room:
            yield uids, _joined(old), _joined(new)
            uids, old, new, room = [], [], [], LONGEST_TEXT
        room -= needed
        uids.append(uid)
        if was is not None:
            old.append(was)
        if is_now is not None:
            new.append(is_now)
    if uids:
        yield uids, _joined(old), _joined(new)


def _joined(entries: Sequence[str]) -> str | None:
    return "; ".join(entries) if entries else None


def _entry(badge: Badge) -> str:
    return f"{badge.number} {badge.uid} {badge.type} {badge.comment}".rstrip()
