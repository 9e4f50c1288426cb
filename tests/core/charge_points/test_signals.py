"""The pilot and the proximity resistor, against the tables of IEC 61851-1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charge_points.signals import cable_current, duty_percent, offered_by, resistor_of


@pytest.mark.parametrize(
    ("current", "duty"), [(6, 10.0), (16, 26.6667), (32, 53.3333), (51, 85.0), (63, 89.2), (80, 96.0)]
)
def test_the_duty_cycle_says_the_current(current: float, duty: float) -> None:
    assert duty_percent(current) == pytest.approx(duty, abs=0.001)


@pytest.mark.parametrize("current", [0.0, 5.0, 5.99])
def test_below_six_ampere_nothing_is_offered(current: float) -> None:
    assert duty_percent(current) is None


@given(st.floats(min_value=6.0, max_value=80.0))
def test_a_vehicle_reads_the_current_that_was_meant(current: float) -> None:
    duty = duty_percent(current)
    assert duty is not None
    # The standard's two formulas overlap between 51 and 52.5 A: there a vehicle reads less, never more.
    assert offered_by(duty) <= current + 1e-9
    if not 51 < current <= 52.5:
        assert offered_by(duty) == pytest.approx(current)


def test_a_vehicle_may_draw_nothing_without_modulation() -> None:
    assert offered_by(None) == 0.0
    assert offered_by(9.9) == 0.0
    assert offered_by(97.0) == 0.0


@pytest.mark.parametrize(("ohm", "current"), [(1500, 13), (680, 20), (220, 32), (100, 63)])
def test_the_resistor_says_the_current_of_the_cable(ohm: float, current: int) -> None:
    assert cable_current(ohm) == current
    assert resistor_of(current) == ohm
    assert cable_current(ohm * 1.03) == current


@pytest.mark.parametrize("ohm", [0.0, 50.0, 350.0, 5000.0])
def test_other_resistors_are_no_cable(ohm: float) -> None:
    assert cable_current(ohm) is None
