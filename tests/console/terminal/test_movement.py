"""The cursor gets where it is wanted, and by a short way."""

import pyte
from hypothesis import given
from hypothesis import strategies as st

from console.terminal.movement import NOWHERE, Movement

ROWS, COLUMNS = st.integers(0, 23), st.integers(0, 79)


@given(row=ROWS, column=COLUMNS, to_row=ROWS, to_column=COLUMNS, absolute=st.booleans())
def test_the_cursor_arrives(row: int, column: int, to_row: int, to_column: int, absolute: bool) -> None:
    screen = pyte.Screen(80, 24)
    screen.cursor_position(row + 1, column + 1)
    path = Movement(80, absolute_column=absolute).path(row, column, to_row, to_column)
    pyte.Stream(screen).feed(path)
    assert (screen.cursor.y, screen.cursor.x) == (to_row, to_column)


@given(row=ROWS, to_row=ROWS, to_column=COLUMNS)
def test_after_the_last_column_only_safe_ways_are_taken(row: int, to_row: int, to_column: int) -> None:
    path = Movement(80, absolute_column=False).path(row, 80, to_row, to_column)
    assert path.startswith("\r") or path.endswith("H")


@given(to_row=ROWS, to_column=COLUMNS)
def test_from_an_unknown_place_the_way_is_absolute(to_row: int, to_column: int) -> None:
    assert Movement(80, absolute_column=True).path(NOWHERE, 0, to_row, to_column).endswith("H")


def test_short_ways_are_taken() -> None:
    movement = Movement(80, absolute_column=False)
    assert movement.path(3, 10, 3, 10) == ""
    assert movement.path(3, 10, 4, 0) == "\r\n"
    assert movement.path(3, 10, 4, 10) == "\n"
    assert movement.path(3, 10, 3, 8) == "\b\b"
    assert movement.path(3, 10, 2, 10) == "\x1bM"
    assert movement.path(3, 10, 3, 11) == "\x1b[C"
