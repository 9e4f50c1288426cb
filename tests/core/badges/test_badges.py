"""The register of badges."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.badges import table
from core.badges.uid import badge_uid
from core.errors import Invalid


@pytest.fixture
def link() -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(":memory:")
    link.executescript(table.SCHEMA)
    yield link
    link.close()


@given(st.binary(min_size=3, max_size=10))
def test_an_identifier_has_one_spelling(uid: bytes) -> None:
    assert badge_uid(uid.hex()) == badge_uid(uid.hex(":").upper()) == uid.hex().upper()


@pytest.mark.parametrize(
    "wrong", ["", "AB", "ABCD", "ABCDE", "XYZXYZ", "AA" * 11, "ABCD\ufb00", "\uff21BCDEF", "\u0661\u0662" * 3]
)
def test_other_texts_are_no_badge(wrong: str) -> None:
    with pytest.raises(Invalid):
        badge_uid(wrong)


def test_badges_are_numbered_and_found(link: sqlite3.Connection) -> None:
    first = table.add(link, "AABBCC", "user", "Anna")
    second = table.add(link, "DDEEFF", "admin", "")
    assert (first.number, second.number) == (1, 2)
    assert table.find(link, "DDEEFF") == second
    assert table.find(link, "000000") is None
    assert table.every(link) == (first, second)


def test_a_badge_is_there_once(link: sqlite3.Connection) -> None:
    table.add(link, "AABBCC", "user", "")
    with pytest.raises(sqlite3.IntegrityError):
        table.add(link, "AABBCC", "vip", "")
