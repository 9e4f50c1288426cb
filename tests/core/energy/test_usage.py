"""A vehicle that uses clearly less than it may hands the rest back, and has it again when it wants it."""

from hypothesis import given
from hypothesis import strategies as st

from core.energy.usage import Usage


def after(*seen: tuple[float, float, float], minimum: float = 14.0) -> Usage:
    """What is known after these moments: elapsed s, A offered, A drawn."""
    usage = Usage()
    for at, offered, drawn in seen:
        usage = usage.seen(drawn=drawn, offered=offered, minimum=minimum, at=at)
    return usage


def test_one_that_draws_clearly_less_for_a_minute_keeps_a_little_more_than_it_draws() -> None:
    assert after((0, 32, 15.5), (59, 32, 15.5)).usable is None
    assert after((0, 32, 15.5), (60, 32, 15.5)).usable == 18


def test_the_highest_draw_of_that_minute_counts() -> None:
    assert after((0, 32, 15), (30, 32, 20), (40, 32, 15), (60, 32, 15)).usable == 22


def test_a_draw_that_comes_up_in_between_begins_the_minute_anew() -> None:
    assert after((0, 32, 15), (30, 32, 30), (40, 32, 15), (60, 32, 15)).usable is None


def test_a_little_less_than_offered_is_not_handed_back() -> None:
    assert after((0, 16, 14), (600, 16, 14)) == Usage()


def test_nobody_keeps_less_than_his_minimum() -> None:
    assert after((0, 16, 0), (60, 16, 0)).usable == 14
    assert after((0, 16, 2), (60, 16, 2), minimum=8).usable == 8


def test_one_that_wants_more_has_its_claim_back_at_once() -> None:
    handed_back = ((0, 20, 10), (60, 20, 10))
    assert after(*handed_back).usable == 14
    assert after(*handed_back, (61, 14, 12.9)).usable == 14
    assert after(*handed_back, (61, 14, 13)) == Usage()


def test_one_whose_draw_falls_further_hands_back_more() -> None:
    assert after((0, 32, 20), (60, 32, 20), (70, 22, 15), (130, 22, 15)).usable == 17


def test_without_an_offer_or_unmeasured_it_claims_all() -> None:
    known = Usage(usable=14)
    assert known.seen(drawn=0, offered=0, minimum=14, at=1) == Usage()
    assert known.seen(drawn=None, offered=16, minimum=14, at=1) == Usage()


@given(
    draws=st.lists(st.floats(min_value=0, max_value=32), min_size=2, max_size=60),
    minimum=st.sampled_from([8.0, 13.0, 14.0]),
)
def test_the_claim_is_lowered_once_a_minute_at_most_and_never_below_the_draw(
    draws: list[float], minimum: float
) -> None:
    usage, lowered = Usage(), [-60.0]
    for second, drawn in enumerate(draws):
        offered = 32.0 if usage.usable is None else usage.usable
        at = second * 7.0
        after = usage.seen(drawn=min(drawn, offered), offered=offered, minimum=minimum, at=at)
        if after.usable is not None and after.usable != usage.usable:
            assert at - lowered[-1] >= 60
            assert after.usable >= min(drawn, offered) + 2 or after.usable == minimum
            lowered.append(at)
        usage = after
