"""Settings in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from core.settings import table


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.executescript(table.SCHEMA)
        yield opened


def seal(text: str) -> str:
    return "sealed " + text[::-1]


def unseal(text: str) -> str:
    return text.removeprefix("sealed ")[::-1]


def test_what_was_saved_is_loaded(connection: sqlite3.Connection) -> None:
    table.save(connection, {"time.zone": "Europe/Paris", "socket.1.derated_current": "16"}, seal=seal)
    table.save(connection, {"socket.1.derated_current": "20"}, seal=seal)
    loaded = table.load(connection, unseal=unseal)
    assert loaded == {"time.zone": "Europe/Paris", "socket.1.derated_current": "20"}


def test_only_secrets_are_sealed(connection: sqlite3.Connection) -> None:
    saved = {"publication.smtp.password": "hunter2", "publication.smtp.username": "station"}
    table.save(connection, saved, seal=seal)
    stored = dict(connection.execute("SELECT key, value FROM settings").fetchall())
    assert stored == {
        "publication.smtp.password": seal("hunter2"),
        "publication.smtp.username": "station",
    }
    assert table.load(connection, unseal=unseal) == saved


def test_after_clearing_everything_is_at_its_factory_setting(connection: sqlite3.Connection) -> None:
    table.save(connection, {"time.zone": "Europe/Paris"}, seal=seal)
    table.clear(connection)
    assert table.load(connection, unseal=unseal) == {}


def test_the_schema_can_be_applied_again(connection: sqlite3.Connection) -> None:
    table.save(connection, {"time.zone": "Europe/Paris"}, seal=seal)
    connection.executescript(table.SCHEMA)
    assert table.load(connection, unseal=unseal) == {"time.zone": "Europe/Paris"}
