"""The comment of a badge."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.badges.comment import badge_comment
from core.errors import Invalid


@given(st.text(max_size=40))
def test_a_comment_is_one_line_without_hidden_characters(text: str) -> None:
    comment = badge_comment(text)
    assert not {unicodedata.category(each) for each in comment} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert unicodedata.is_normalized("NFC", comment)
    assert badge_comment(comment) == comment


def test_line_ends_become_spaces_and_escapes_lose_their_teeth() -> None:
    assert badge_comment(" Flat\r\n12\t\x1b[2J\u202e ") == "Flat  12 [2J"


def test_letters_that_only_compose_without_what_is_hidden_between_them_are_composed() -> None:
    assert badge_comment("e\u200b\u0301") == "é"


def test_fifty_characters_are_enough() -> None:
    assert len(badge_comment("ü" * 50)) == 50
    with pytest.raises(Invalid, match="50"):
        badge_comment("x" * 51)
