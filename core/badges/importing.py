"""What a file of badges makes of the register."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import get_args

import msgspec

from core.audit import Note
from core.badges import table
from core.badges.changes import Author
from core.badges.csv_file import MOST_BADGES, BadgeFile, Line
from core.errors import Invalid, Problem
from core.values.badges import Badge, BadgeChange, BadgeImport, ImportMode, SealState

EDITED: Mapping[SealState, str] = {
    "broken": "This list was edited after its export: its seal does not fit. Nothing was imported. "
    "Look at the differences, then accept the edited list.",
    "missing": "This list has no seal: no station exported it, or it was edited. Nothing was imported. "
    "Look at the differences, then accept the edited list.",
}


def require_room(count: int) -> None:
    """Raises Invalid when the register cannot hold so many badges."""
    if count > MOST_BADGES:
        raise Invalid("The register holds at most {most} badges", most=MOST_BADGES)


def require_mode(mode: ImportMode) -> None:
    """Raises Invalid for a word that is no mode."""
    if mode not in get_args(ImportMode):
        raise Invalid("An import replaces or merges, got {got}", got=str(mode)[:40])


def plan(link: sqlite3.Connection, file: BadgeFile, mode: ImportMode) -> BadgeImport:
    """The differences that this import makes; `problems` are those of the file."""
    there = table.every(link)
    if file.problems:
        return BadgeImport(
            mode=mode, seal=file.seal, saved=False, read=len(file.lines), problems=file.problems
        )
    return compare(there, file, mode, last_number=table.last_number(link))


def compare(there: tuple[Badge, ...], file: BadgeFile, mode: ImportMode, *, last_number: int) -> BadgeImport:
    """The differences between the register and a file without problems.

    To replace takes over the file's numbers; to merge keeps those of the register, and gives a new badge
    the file's number where it is free.
    """
    known = {badge.uid: badge for badge in there}
    of_file = {line.number for line in file.lines if line.number is not None}
    kept = {badge.number for badge in there} if mode == "merge" else set()
    highest = max([last_number, *of_file])
    added, changed, unchanged = [], [], 0
    for line in file.lines:
        old = known.pop(line.uid, None)
        number = line.number
        if old is not None and (mode == "merge" or (number is None and old.number not in of_file)):
            number = old.number
        elif number is None or number in kept:
            highest = number = highest + 1
        new = _badge(line, number, old)
        if old is None:
            added.append(new)
        elif old != new:
            changed.append(BadgeChange(old=old, new=new))
        else:
            unchanged += 1
    removed = tuple(known.values()) if mode == "replace" else ()
    return BadgeImport(
        mode=mode,
        seal=file.seal,
        saved=False,
        read=len(file.lines),
        added=tuple(added),
        changed=tuple(changed),
        removed=removed,
        unchanged=unchanged,
        problems=_too_many(len(there) - len(removed) + len(added)),
    )


def _badge(line: Line, number: int, old: Badge | None) -> Badge:
    if old is None:
        return Badge(number=number, uid=line.uid, type=line.type, comment=line.comment)
    if (old.number, old.type, old.comment) == (number, line.type, line.comment):
        return old
    return msgspec.structs.replace(old, number=number, type=line.type, comment=line.comment)


def _too_many(count: int) -> tuple[Problem, ...]:
    try:
        require_room(count)
    except Invalid as error:
        return (Problem(template=error.template, values=error.values),)
    return ()


def heading(done: BadgeImport, author: Author) -> Note:
    """The note in front of those on each badge."""
    return Note(
        kind="audit",
        action="badges_imported",
        account=author.account,
        origin=author.origin,
        subject=f"{done.read} badges",
        text=f"{done.mode}, seal {done.seal}: {len(done.added)} added, {len(done.changed)} changed, "
        f"{len(done.removed)} removed, {done.unchanged} unchanged",
    )
