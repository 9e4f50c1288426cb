"""Facts for the supervision in the station's memory, and the charges that it is told of."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import msgspec

from core.transactions.facts import AnyFact, Ended, Started, WaitingFact

SAMPLES_KEPT = 10_000
"""Waiting samples; of more the oldest go, never the beginning or the end of a charge."""
PRUNED_AT_ONCE = 500

SCHEMA = """
CREATE TABLE IF NOT EXISTS transaction_facts (
    number INTEGER PRIMARY KEY AUTOINCREMENT, transaction_id INTEGER NOT NULL, kind TEXT NOT NULL,
    fact TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS transaction_facts_kind ON transaction_facts (kind, number);
CREATE TABLE IF NOT EXISTS told_transactions (transaction_id INTEGER PRIMARY KEY, central_id INTEGER);
"""
"""`told_transactions`: charges that are open, or not yet named by the supervision, and it is told of."""


def append(link: sqlite3.Connection, fact: AnyFact) -> None:
    """Store a fact in the database transaction of what it tells."""
    kind = str(fact.__struct_config__.tag)
    link.execute(
        "INSERT INTO transaction_facts (transaction_id, kind, fact) VALUES (?, ?, ?)",
        (fact.transaction, kind, msgspec.json.encode(fact).decode()),
    )
    if isinstance(fact, Started):
        link.execute("INSERT OR IGNORE INTO told_transactions VALUES (?, NULL)", (fact.transaction,))
    elif isinstance(fact, Ended):
        link.execute("DELETE FROM told_transactions WHERE transaction_id = ?", (fact.transaction,))
    else:
        _prune(link)


def is_told(link: sqlite3.Connection, transaction: int) -> bool:
    """The supervision is told of this charge, which has not ended."""
    row = link.execute("SELECT 1 FROM told_transactions WHERE transaction_id = ?", (transaction,)).fetchone()
    return row is not None


def central_id(link: sqlite3.Connection, transaction: int) -> int | None:
    """The number that the supervision has given an open charge."""
    row = link.execute(
        "SELECT central_id FROM told_transactions WHERE transaction_id = ?", (transaction,)
    ).fetchone()
    return None if row is None else row[0]


def name(link: sqlite3.Connection, transaction: int, central: int) -> None:
    """The supervision has given a charge its number."""
    link.execute(
        "UPDATE told_transactions SET central_id = ? WHERE transaction_id = ?", (central, transaction)
    )


def following(link: sqlite3.Connection, after: int) -> WaitingFact | None:
    """The first fact whose number is above `after`."""
    row = link.execute(
        "SELECT number, fact FROM transaction_facts WHERE number > ? ORDER BY number LIMIT 1", (after,)
    ).fetchone()
    if row is None:
        return None
    return WaitingFact(number=row[0], fact=msgspec.json.decode(row[1], type=AnyFact))


def drop(link: sqlite3.Connection, number: int) -> None:
    """A fact has been told."""
    link.execute("DELETE FROM transaction_facts WHERE number = ?", (number,))


def waiting(link: sqlite3.Connection) -> int:
    """How many facts wait to be told."""
    (count,) = link.execute("SELECT count(*) FROM transaction_facts").fetchone()
    return int(count)


def clear(link: sqlite3.Connection) -> None:
    """Nobody is to be told any more."""
    link.execute("DELETE FROM transaction_facts")
    link.execute("DELETE FROM told_transactions")


def shift(link: sqlite3.Connection, transaction: int, seconds: float) -> None:
    """The wall clock was set: what waits of an open charge is told on the right one."""
    rows = link.execute(
        "SELECT number, fact FROM transaction_facts WHERE transaction_id = ?", (transaction,)
    ).fetchall()
    for number, text in rows:
        fact: AnyFact = msgspec.json.decode(text, type=AnyFact)
        moved = msgspec.structs.replace(fact, time=_moved(fact.time, seconds))
        link.execute(
            "UPDATE transaction_facts SET fact = ? WHERE number = ?",
            (msgspec.json.encode(moved).decode(), number),
        )


def _moved(time: datetime, seconds: float) -> datetime:
    return datetime.fromtimestamp(time.timestamp() + seconds, time.tzinfo)


def _prune(link: sqlite3.Connection) -> None:
    (count,) = link.execute("SELECT count(*) FROM transaction_facts WHERE kind = 'sampled'").fetchone()
    if count >= SAMPLES_KEPT + PRUNED_AT_ONCE:
        link.execute(
            "DELETE FROM transaction_facts WHERE number IN"
            " (SELECT number FROM transaction_facts WHERE kind = 'sampled' ORDER BY number LIMIT ?)",
            (count - SAMPLES_KEPT,),
        )
