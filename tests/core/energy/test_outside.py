"""The limits that external systems set."""

import math

import pytest

from core.energy.outside import OutsideLimit, OutsideLimits
from core.errors import Invalid


def test_the_smallest_limit_of_all_systems_counts_until_it_is_taken_away() -> None:
    limits = OutsideLimits()
    assert limits.of(1) is None
    limits.set(1, 20, "OCPP")
    limits.set(1, 10, "BMS")
    assert limits.of(1) == OutsideLimit(current=10, origin="BMS")
    assert limits.of(2) is None
    limits.set(1, None, "BMS")
    assert limits.of(1) == OutsideLimit(current=20, origin="OCPP")
    limits.clear()
    assert limits.of(1) is None


@pytest.mark.parametrize("current", [-1, 80.1, math.nan, math.inf])
def test_what_is_no_current_is_refused_in_words(current: float) -> None:
    with pytest.raises(Invalid, match="0 to 80 A"):
        OutsideLimits().set(1, current, "OCPP")
