"""Badges that are seen again and again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.readers.repeats import HOLD_SECONDS, Repeats

SIGHTINGS = st.lists(st.tuples(st.sampled_from("ABC"), st.floats(0, 3)), max_size=40)


@given(SIGHTINGS)
def test_a_badge_counts_exactly_when_it_was_away_for_long_enough(sightings: list[tuple[str, float]]) -> None:
    repeats, at, last = Repeats(), 0.0, {"A": -99.0, "B": -99.0, "C": -99.0}
    for key, pause in sightings:
        at += pause
        assert repeats.is_new(key, at) == (at - last[key] >= HOLD_SECONDS)
        last[key] = at


def test_two_badges_held_together_count_once_each() -> None:
    repeats = Repeats()
    assert [repeats.is_new(key, at / 2) for at, key in enumerate("ABABABAB")] == [True, True] + [False] * 6


def test_a_badge_that_lies_on_a_reader_that_was_lost_is_no_new_one() -> None:
    repeats = Repeats()
    repeats.is_new("A", 0.0)
    repeats.is_new("B", 9.0)
    repeats.pause(10.0)
    repeats.resume(500.0)
    assert not repeats.is_new("B", 500.5)
    assert repeats.is_new("A", 500.5)
