"""Names of files from outside become plain ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.transfer.names import plain_name


@given(st.text(max_size=120))
def test_every_name_becomes_plain(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}", plain_name(name))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("badges.csv", "badges.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\list.csv", "list.csv"),
        ("-rf *.csv", "rf__.csv"),
        (".hidden", "hidden"),
        ("\x1b[2Jlist", "__2Jlist"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_paths_options_and_control_characters_are_gone(name: str, plain: str) -> None:
    assert plain_name(name) == plain
