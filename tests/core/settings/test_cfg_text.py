"""Values on a line of the `.cfg` file."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import Invalid
from core.settings.cfg_text import understood, written


@given(st.text())
@example("")
@example(" both ends ")
@example('#1 \\ "two"\r\n\u2028\x00\U000e0041\xa0')
def test_every_text_comes_back_from_its_line(value: str) -> None:
    line = written(value)
    assert understood(f" {line}\t") == value
    assert line.isprintable()


@pytest.mark.parametrize("value", ["standalone", "32", "My garage = mine", "a;b", "Müller"])
def test_a_plain_value_stands_as_it_is(value: str) -> None:
    assert written(value) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Guest #2", "quotation marks"),
        ("standalone  # comment", "a comment has a line of its own"),
        ('say "so"', "quotation marks"),
        ("C:\\new", "quotation marks"),
        ('"open', "at the end of the value is missing"),
        ('"open\\"', "at the end of the value is missing"),
        ('"', "at the end of the value is missing"),
        ('"closed" more', "nothing may follow"),
        ('"closed" # comment', "nothing may follow"),
        ('"\\x41"', "stands for no character"),
        ('"\\u12"', "stands for no character"),
        ('"\\uD800"', "stands for no character"),
        ('"\\U00110000"', "stands for no character"),
    ],
)
def test_a_value_that_can_be_read_in_two_ways_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        understood(text)
    assert reason in refused.value.message


@given(st.text())
def test_what_is_understood_has_one_spelling_that_means_the_same(text: str) -> None:
    try:
        value = understood(text)
    except Invalid:
        return
    assert understood(written(value)) == value
