"""The strength of a password in words: honest about the weak ones, and the same however long one types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.password_strength import LEVELS, MEANING, bits, strength

ORDER = [name for _limit, name in LEVELS]


@pytest.mark.parametrize(
    ("password", "called"),
    [
        ("", "very weak"),
        ("Password1!", "very weak"),
        ("P@ssw0rd2026!", "very weak"),
        ("Summer2026!", "very weak"),
        ("Qwertz123!", "very weak"),
        ("A1!aaaaaaaaaaaaaaaaaaaa", "very weak"),
        ("Aa1!Aa1!", "weak"),
        ("Hidden-Door-7", "fair"),
        ("xK9#mQ2$vL5z", "good"),
        ("Correct-Horse-Battery-7", "strong"),
    ],
)
def test_a_password_is_called_what_it_is(password: str, called: str) -> None:
    assert strength(password) == called


@given(st.text(max_size=128))
def test_any_text_has_a_strength_with_words_for_it(text: str) -> None:
    assert MEANING[strength(text)]
    assert 0 <= bits(text) <= 6 * len(text) + 12
