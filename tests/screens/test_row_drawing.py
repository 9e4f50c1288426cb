"""A row of a form loses nothing of what it says, however narrow the form."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from screens.row_drawing import RowText, columns_for, row_lines

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=14).map(" ".join)


@given(value=WORDS, note=WORDS, width=st.integers(60, 120))
def test_every_word_of_a_row_stands_within_its_width(value: str, note: str, width: int) -> None:
    row = RowText(label="Badges while supervision is lost", value=Content.styled(value, "dim"), note=note)
    lines = [line.plain for line in row_lines(row, columns_for(width))]
    assert all(len(line) < width for line in lines)
    said = " ".join(line[columns_for(width).value_at :].strip() for line in lines)
    assert said.split() == f"{value} {note}".split()
