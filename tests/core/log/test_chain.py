"""Whoever alters the log in the file is found out, wherever it is done."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import audit
from core.api import LogQuery
from core.audit import Note, append
from core.database import DATABASE_FILE, connect
from core.errors import NotFound, StationError
from core.log_reading import verify, verify_folder
from core.values.log import KnownEntry
from tests.stations import NOON, log_in, running_station

COUNT = 40
COPY = """
INSERT INTO log SELECT :number, time, kind, account, origin, action, subject, old, new, text, hash FROM log
WHERE number = :number + 1
"""
BEHIND = COPY.replace(":number + 1", "1").replace(":number", "99")
TEXTS = ("time", "kind", "account", "origin", "action", "subject", "old", "new", "text", "hash")


def note(number: int) -> Note:
    return Note(
        kind="audit",
        action="setting_changed",
        account="admin",
        origin="ssh ::1",
        subject=f"key.{number}",
        old=str(number),
        new=str(number + 1),
        text="x",
    )


def written(path: Path, count: int = COUNT) -> sqlite3.Connection:
    """A log of so many entries."""
    link = connect(path / DATABASE_FILE)
    link.executescript(audit.SCHEMA)
    link.execute("BEGIN")
    for number in range(count):
        append(link, note(number), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number))
    link.execute("COMMIT")
    return link


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A log that each test alters in a transaction of its own."""
    link = written(tmp_path_factory.mktemp("log"))
    yield link
    link.close()


@contextmanager
def altered(log: sqlite3.Connection, *statements: str, **numbers: int) -> Iterator[sqlite3.Connection]:
    log.execute("BEGIN")
    try:
        for statement in statements:
            log.execute(statement, numbers)
        yield log
    finally:
        log.execute("ROLLBACK")


def test_a_log_that_nobody_altered_holds(log: sqlite3.Connection) -> None:
    check = verify(log)
    assert (check.broken, check.entries, check.first, check.last) == (None, COUNT, 1, COUNT)


@given(st.integers(1, COUNT), st.sampled_from(TEXTS))
def test_any_field_that_is_altered_is_found_at_its_entry(
    log: sqlite3.Connection, number: int, column: str
) -> None:
    with altered(log, f"UPDATE log SET {column} = {column} || '.' WHERE number = {number}"):  # noqa: S608
        assert verify(log).broken == number


@given(st.integers(1, COUNT), st.sampled_from(("old", "new")))
def test_a_value_that_is_taken_out_is_found(log: sqlite3.Connection, number: int, column: str) -> None:
    with altered(log, f"UPDATE log SET {column} = NULL WHERE number = {number}"):  # noqa: S608
        assert verify(log).broken == number


@given(st.integers(1, COUNT), st.integers(1, COUNT))
def test_entries_that_are_removed_are_found(log: sqlite3.Connection, first: int, last: int) -> None:
    first, last = sorted((first, last))
    with altered(log, "DELETE FROM log WHERE number BETWEEN :first AND :last", first=first, last=last):
        assert verify(log).broken == first


@given(st.integers(1, COUNT), st.integers(1, COUNT))
def test_entries_that_change_places_are_found(log: sqlite3.Connection, one: int, other: int) -> None:
    one, other = sorted((one, other))
    swap = (
        "UPDATE log SET number = -1 WHERE number = :one",
        "UPDATE log SET number = :one WHERE number = :other",
        "UPDATE log SET number = :other WHERE number = -1",
    )
    with altered(log, *(swap if one != other else ()), one=one, other=other):
        assert verify(log).broken == (None if one == other else one)


@given(st.integers(1, COUNT))
def test_an_entry_that_is_put_in_is_found(log: sqlite3.Connection, number: int) -> None:
    copied = (
        "UPDATE log SET number = number + 1000 WHERE number >= :number",
        "UPDATE log SET number = number - 999 WHERE number >= 1000 + :number",
        COPY,
    )
    with altered(log, *copied, number=number):
        assert verify(log).broken in (number, number + 1)


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (("DELETE FROM log",), 1),
        (("DELETE FROM log", "DELETE FROM sqlite_sequence"), None),
        (("DELETE FROM sqlite_sequence",), COUNT + 1),
        (("DELETE FROM log_anchor",), 1),
        (("UPDATE log_anchor SET hash = 'x'",), 1),
        (("UPDATE log_anchor SET number = 3",), 4),
        (("DELETE FROM log WHERE number <= 3", "UPDATE log_anchor SET number = 3"), 4),
        ((BEHIND,), COUNT + 1),
        (("UPDATE log SET hash = x'00ff' WHERE number = 5",), 5),
        (("UPDATE log SET text = x'00ff' WHERE number = 5",), 5),
    ],
)  # fmt: skip
def test_what_belongs_to_the_log_cannot_be_altered_either(
    log: sqlite3.Connection, statements: tuple[str, ...], broken: int | None
) -> None:
    with altered(log, *statements):
        assert verify(log).broken == broken


def test_a_whole_new_log_is_found_by_who_knows_the_hash_of_an_old_entry(
    log: sqlite3.Connection, tmp_path: Path
) -> None:
    known = KnownEntry(number=COUNT, hash=verify(log).hash)
    assert verify(log, known).broken is None
    with altered(log, "DELETE FROM log", "DELETE FROM sqlite_sequence", "DELETE FROM log_anchor") as emptied:
        emptied.execute("INSERT INTO log_anchor VALUES (1, 0, '')")
        assert verify(emptied).broken is None
        assert verify(emptied, known).broken == 1
        for number in range(COUNT + 5):
            append(emptied, note(number + 1), NOON)
        assert verify(emptied).broken is None
        assert verify(emptied, known).broken == COUNT


async def test_the_chain_holds_over_entries_that_were_dropped_by_age(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "KEPT", 20)
    monkeypatch.setattr(audit, "PRUNED_AT_ONCE", 5)
    link = written(tmp_path, 100)
    check = verify(link)
    assert check.broken is None
    assert 20 <= check.entries <= 25
    assert (check.last, check.first) == (100, 101 - check.entries)
    with pytest.raises(NotFound, match="no longer kept: the log begins with"):
        verify(link, KnownEntry(number=3, hash="0" * 64))
    link.execute("DELETE FROM log WHERE number = ?", (check.first,))
    assert verify(link).broken == check.first
    link.close()


def test_at_least_ten_thousand_entries_are_kept() -> None:
    assert audit.KEPT >= 10_000


async def test_the_folder_of_a_station_that_stopped_is_looked_at(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path / "station") as core:
        admin = await log_in(core)
        await core.parts.storage.flush()
        known = await admin.verify_log()
        assert known.entries == len(await admin.log(LogQuery(last=1000)))
        # As after a death: what is not in the main file yet is read too.
        shutil.copytree(
            tmp_path / "station", tmp_path / "died", ignore=shutil.ignore_patterns("*.sock", "copies")
        )
    entry = KnownEntry(number=known.last, hash=known.hash)
    assert verify_folder(tmp_path / "station", entry).broken is None
    assert verify_folder(tmp_path / "died", entry).last == known.last
    with pytest.raises(NotFound, match="There is no station"):
        verify_folder(tmp_path)
    (tmp_path / DATABASE_FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(StationError, match="cannot be read"):
        verify_folder(tmp_path)
