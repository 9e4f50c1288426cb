"""Characters keep their width and can do nothing to the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from console.terminal.cells import RIGHT_HALF
from console.terminal.glyphs import points


@given(character=st.characters(), utf8=st.booleans())
def test_every_character_takes_the_columns_that_were_reckoned_with(character: str, utf8: bool) -> None:
    assert len(points(character, utf8=utf8)) == get_character_cell_size(character)


@given(character=st.characters(), utf8=st.booleans())
def test_nothing_unprintable_is_left(character: str, utf8: bool) -> None:
    left = [chr(point) for point in points(character, utf8=utf8) if point != RIGHT_HALF]
    assert all(each.isprintable() for each in left)
    assert utf8 or all(each.isascii() for each in left)


@pytest.mark.parametrize(
    ("drawn", "ascii_only"),
    [
        ("─━═", "---"),
        ("│┃║", "|||"),
        ("┌┐└┘├╬╭", "+++++++"),
        ("●▶▼▲…█", "*>v^.#"),
        ("éÜñßµ€", "eUnsuE"),
        ("✓×", "xx"),
    ],
)
def test_drawings_have_a_stand_in(drawn: str, ascii_only: str) -> None:
    shown = "".join(chr(point) for character in drawn for point in points(character, utf8=False))
    assert shown == ascii_only


def test_a_wide_character_keeps_two_columns_in_ascii() -> None:
    assert points("中", utf8=False) == (ord("?"), ord("?"))
    assert points("中", utf8=True) == (ord("中"), RIGHT_HALF)


def test_what_has_no_width_is_dropped() -> None:
    for character in "\x1b\x07\u0301\u202e\u200b\x9b":
        assert points(character, utf8=True) == ()
