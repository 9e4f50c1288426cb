"""Entries of the log are found by time, kind, account and text, a page at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import audit
from core.access import entry_for
from core.api import LogEntry, LogQuery
from core.audit import Note, append
from core.log_reading import LARGEST, MOST_AT_ONCE, entries

START = datetime(2026, 1, 1, tzinfo=UTC)
WHERE, CURRENT = "general.station_location", "socket.1.derated_current"
CHANGED = "setting_changed"
NOTES = (
    Note(kind="event", action="started", text="start 1"),
    Note(kind="audit", action="logged_in", account="admin", origin="ssh 192.0.2.7", subject="console"),
    Note(kind="audit", action=CHANGED, account="admin", subject=WHERE, old="indoor", new="outdoor"),
    Note(kind="audit", action=CHANGED, account="local", subject=CURRENT, old="32", new="Zwölf"),
    Note(kind="audit", action="log_in_refused", account="unknown", origin="ssh 192.0.2.8", subject="user"),
    Note(kind="event", action="error_raised", subject="Err #12", text="100% _ of the meter"),
)  # fmt: skip


@pytest.fixture(scope="module")
def log() -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(":memory:")
    link.executescript(audit.SCHEMA)
    for minute, note in enumerate(NOTES):
        append(link, note, START + timedelta(minutes=minute))
    yield link
    link.close()


def found(log: sqlite3.Connection, account: str = "admin", /, **query: object) -> list[int]:
    return [each.number for each in entries(log, LogQuery(**query), partial(entry_for, account))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"last": 2}, [5, 6]),
        ({"last": 2, "before": 5}, [3, 4]),
        ({"after": 4}, [5, 6]),
        ({"last": 2, "oldest": True}, [1, 2]),
        ({"last": 2, "after": 2, "oldest": True}, [3, 4]),
        ({"last": 2, "after": 1, "find": "192", "oldest": True}, [2, 5]),
        ({"after": 2, "before": 5}, [3, 4]),
        ({"kind": "event"}, [1, 6]),
        ({"kind": "audit", "last": 1}, [5]),
        ({"account": "admin"}, [2, 3]),
        ({"account": "station"}, [1, 6]),
        ({"account": "adm"}, []),
        ({"since": START + timedelta(minutes=4)}, [5, 6]),
        ({"until": START + timedelta(minutes=1)}, [1]),
        ({"since": START + timedelta(minutes=1), "until": START + timedelta(minutes=3)}, [2, 3]),
        ({"find": "SETTING"}, [3, 4]),
        ({"find": "192.0.2"}, [2, 5]),
        ({"find": "err #12"}, [6]),
        ({"find": "ZWÖLF"}, [4]),
        ({"find": "%"}, [6]),
        ({"find": "_ of"}, [6]),
        ({"find": "setting", "last": 1}, [4]),
        ({"find": "nothing like it"}, []),
        ({"after": 10**30, "before": -5}, []),
        ({"last": -1}, []),
    ],
)
def test_a_question_finds_what_matches_all_of_it(
    log: sqlite3.Connection, query: dict[str, object], numbers: list[int]
) -> None:
    assert found(log, **query) == numbers


def test_nobody_finds_a_value_that_is_not_shown_to_them(log: sqlite3.Connection) -> None:
    assert found(log, "admin", find="zwölf") == [4]
    assert found(log, "user", find="zwölf") == []
    assert found(log, "user", find="derated") == [4]
    assert found(log, "user", find="outdoor") == [3]


@given(
    st.integers(1, 4), st.sampled_from(["", "setting", "192", "e"]), st.sampled_from([None, "audit", "event"])
)
def test_pages_backwards_show_everything_once(
    log: sqlite3.Connection, last: int, find: str, kind: str | None
) -> None:
    pages: list[int] = []
    before: int | None = LARGEST
    while before is not None:
        page = found(log, last=last, before=before, find=find, kind=kind)
        pages = page + pages
        before = page[0] if page else None
    assert pages == found(log, last=1000, find=find, kind=kind)


def test_a_page_of_a_long_log_holds_no_more_than_itself(tmp_path: Path) -> None:
    link = sqlite3.connect(":memory:")
    link.executescript(audit.SCHEMA)
    for _ in range(500):
        append(link, NOTES[0], START)
    seen = 0

    def counted(entry: LogEntry) -> LogEntry:
        nonlocal seen
        seen += 1
        return entry

    assert len(entries(link, LogQuery(last=30), counted)) == 30
    assert seen == 30
    assert len(entries(link, LogQuery(last=10**9), counted)) == 500 < MOST_AT_ONCE
    link.close()
