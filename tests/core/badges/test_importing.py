"""What a file makes of the register."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from core.badges import table
from core.badges.changes import Changes, store
from core.badges.csv_file import BadgeFile, Line, file_of, read
from core.badges.importing import compare, plan
from core.values.badges import Badge, BadgeImport, ImportMode
from tests.core.badges.drawing import FILES, REGISTERS


def after(there: tuple[Badge, ...], found: BadgeImport) -> tuple[Badge, ...]:
    """The register after an import, as the database has it."""
    with closing(sqlite3.connect(":memory:")) as link:
        link.executescript(table.SCHEMA)
        table.put(link, there)
        store(link, Changes(added=found.added, changed=found.changed, removed=found.removed))
        return table.every(link)


def highest(badges: tuple[Badge, ...]) -> int:
    return max((badge.number for badge in badges), default=0)


def imported(there: tuple[Badge, ...], file: bytes, mode: ImportMode) -> BadgeImport:
    return compare(there, read(file), mode, last_number=highest(there))


@given(REGISTERS, REGISTERS)
def test_replacing_makes_the_register_what_the_file_says(
    there: tuple[Badge, ...], wanted: tuple[Badge, ...]
) -> None:
    found = imported(there, file_of(wanted), "replace")
    assert after(there, found) == tuple(sorted(wanted, key=lambda badge: badge.number))
    assert len(found.added) + len(found.changed) + found.unchanged == len(wanted)


@given(REGISTERS)
def test_importing_what_was_exported_changes_nothing(there: tuple[Badge, ...]) -> None:
    for mode in ("replace", "merge"):
        found = imported(there, file_of(there), mode)
        assert (found.added, found.changed, found.removed) == ((), (), ())
        assert found.unchanged == len(there)


@given(REGISTERS, REGISTERS)
def test_merging_keeps_what_is_there_and_takes_over_what_is_new(
    there: tuple[Badge, ...], wanted: tuple[Badge, ...]
) -> None:
    merged = {badge.uid: badge for badge in after(there, imported(there, file_of(wanted), "merge"))}
    assert merged.keys() == {badge.uid for badge in (*there, *wanted)}
    for badge in wanted:
        assert (merged[badge.uid].type, merged[badge.uid].comment) == (badge.type, badge.comment)
    for badge in there:
        assert merged[badge.uid].number == badge.number


@given(REGISTERS, REGISTERS, st.data())
def test_badges_without_a_number_get_one_that_is_free(
    there: tuple[Badge, ...], wanted: tuple[Badge, ...], data: st.DataObject
) -> None:
    lines = tuple(
        Line(
            number=data.draw(st.none() | st.just(badge.number)),
            uid=badge.uid,
            type=badge.type,
            comment=badge.comment,
        )
        for badge in wanted
    )
    file = BadgeFile(lines=lines, seal="missing")
    for mode in ("replace", "merge"):
        result = after(there, compare(there, file, mode, last_number=highest(there)))
        assert {line.uid for line in lines} <= {badge.uid for badge in result}


@given(REGISTERS, FILES)
def test_any_bytes_change_the_register_wholly_or_not_at_all(there: tuple[Badge, ...], file: bytes) -> None:
    with closing(sqlite3.connect(":memory:")) as link:
        link.executescript(table.SCHEMA)
        table.put(link, there)
        read_file = read(file)
        found = plan(link, read_file, "replace")
    if found.problems:
        assert (found.added, found.changed, found.removed) == ((), (), ())
    else:
        result = {(badge.uid, badge.type, badge.comment) for badge in after(there, found)}
        assert result == {(line.uid, line.type, line.comment) for line in read_file.lines}
