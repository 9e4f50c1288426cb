"""Text from outside is harmless and has the width that was asked for."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.cleaned import HIDDEN, cleaned, fitted


@given(st.text())
def test_cleaned_text_has_no_control_bidi_or_format_characters(text: str) -> None:
    assert not any(unicodedata.category(letter) in HIDDEN for letter in cleaned(text))


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text())
def test_text_for_an_ascii_terminal_is_ascii(text: str) -> None:
    assert cleaned(text, ascii_only=True).isascii()


@given(st.text(), st.integers(min_value=0, max_value=60))
def test_fitted_text_has_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fitted(cleaned(text), width)) == width


def test_markup_is_left_as_it_is() -> None:
    assert cleaned("[@click=app.exit]x[/]") == "[@click=app.exit]x[/]"


def test_an_escape_sequence_loses_its_escape() -> None:
    assert cleaned("\x1b]52;c;x\x07\u202eabc") == "]52;c;xabc"


def test_letters_with_marks_are_read_without_them_on_an_ascii_terminal() -> None:
    assert cleaned("İstanbul ığüşöç, Ülo Õun e\u0301\u0323", ascii_only=True) == "Istanbul igusoc, Ulo Oun e"
    assert cleaned("車 Łódź", ascii_only=True) == "? Lodz"
