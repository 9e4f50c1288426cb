"""The derating rule and the limits with their sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.energy.limits import LimitInputs, limits_of, offered_current
from core.settings.operating_current import operating_current


@pytest.mark.parametrize(
    ("set_point", "phases", "balancing", "operating"),
    [
        (5, 1, False, 0),
        (5, 3, False, 0),
        (6, 1, False, 6),
        (6, 3, False, 6),
        (7, 1, True, 0),
        (8, 1, True, 8),
        (13, 3, True, 0),
        (14, 3, True, 14),
        (13, 1, True, 13),
        (0, 1, False, 0),
        (32, 3, True, 32),
    ],
)
def test_small_set_points_stand_for_nothing(
    set_point: int, phases: int, balancing: bool, operating: int
) -> None:
    assert operating_current(set_point, phases, balancing) == operating


def test_every_limit_names_its_source() -> None:
    inputs = LimitInputs(
        rated=32,
        supply=28.0,
        derated=25,
        phases=1,
        balancing=False,
        cable=20,
        board=24.0,
        load_shedding=16,
        temporary=10,
        external=9.0,
        share=8.0,
    )
    found = {limit.source: limit.current for limit in limits_of(inputs)}
    assert found == {
        "rated": 32,
        "derated": 25,
        "supply": 28,
        "cable": 20,
        "board": 24,
        "load_shedding_input": 16,
        "temporary_limit": 10,
        "external": 9,
        "balancing": 8,
    }


def test_what_does_not_limit_now_is_not_listed() -> None:
    found = limits_of(LimitInputs(rated=32, supply=32.0, derated=32, phases=3, balancing=False))
    assert [limit.source for limit in found] == ["rated", "derated"]


small = st.integers(min_value=0, max_value=80)


@given(
    rated=st.integers(min_value=6, max_value=80),
    derated=small,
    phases=st.sampled_from([1, 3]),
    balancing=st.booleans(),
    cable=st.none() | st.sampled_from([13, 20, 32, 63]),
    shedding=st.none() | small,
    temporary=st.none() | small,
    external=st.none() | st.floats(min_value=0, max_value=80),
    share=st.none() | st.floats(min_value=0, max_value=80),
)
def test_the_offer_is_never_above_any_limit_and_never_between_nothing_and_six(
    rated: int,
    derated: int,
    phases: int,
    balancing: bool,
    cable: int | None,
    shedding: int | None,
    temporary: int | None,
    external: float | None,
    share: float | None,
) -> None:
    limits = limits_of(
        LimitInputs(
            rated=rated,
            derated=derated,
            phases=phases,
            balancing=balancing,
            cable=cable,
            load_shedding=shedding,
            temporary=temporary,
            external=external,
            share=share,
        )
    )
    offer = offered_current(limits)
    assert all(offer <= limit.current for limit in limits)
    assert offer == 0 or offer >= 6
