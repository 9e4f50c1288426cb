"""A terminal's answer about its size counts once, in time, and within reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.size_question import SizeQuestion


def test_an_answer_in_time_gives_columns_and_rows() -> None:
    question = SizeQuestion()
    question.ask(10)
    assert question.answer(b"a\x1b[24;80Rb", 10.5) == (80, 24)
    assert question.answer(b"\x1b[24;80R", 10.5) is None


@pytest.mark.parametrize("received", [b"\x1b[1;2R", b"\x1b[9999;80R", b"\x1b[24;80", b"24;80R"])
def test_anything_else_is_no_answer(received: bytes) -> None:
    question = SizeQuestion()
    question.ask(10)
    assert question.answer(received, 10.5) is None


def test_a_late_answer_does_not_count() -> None:
    question = SizeQuestion()
    question.ask(10)
    assert question.answer(b"\x1b[24;80R", 11.5) is None


@given(st.binary())
def test_nothing_is_an_answer_when_nothing_was_asked(received: bytes) -> None:
    assert SizeQuestion().answer(received, 0) is None
