"""When values are noted: exactly at their moments, whatever the clock says."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.transactions.sampling import next_aligned, next_periodic

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
moments = st.floats(min_value=0, max_value=1e7, allow_nan=False)


@given(began=moments, interval=st.integers(1, 86_400), steps=st.integers(1, 20))
def test_a_charge_is_sampled_every_so_many_seconds_each_time_once(
    began: float, interval: int, steps: int
) -> None:
    at = began
    for step in range(1, steps + 1):
        coming = next_periodic(began, interval, at)
        assert coming is not None
        assert coming > at
        assert abs(coming - (began + step * interval)) < 1e-3
        at = coming


@given(
    passed=st.timedeltas(timedelta(), timedelta(hours=23, minutes=59)),
    interval=st.sampled_from([1, 7, 60, 900, 3600, 5000, 86_400]),
    at=moments,
)
def test_the_clock_s_moments_are_multiples_of_the_day_and_midnight(
    passed: timedelta, interval: int, at: float
) -> None:
    coming = next_aligned(MIDNIGHT + passed, interval, at)
    assert coming is not None
    due = passed.total_seconds() + coming - at
    assert coming > at or due % interval < 0.01
    assert due >= 86_400 - 1e-3 or min(due % interval, interval - due % interval) < 1e-2
    assert coming - at <= interval + 1e-3


def test_nothing_is_sampled_where_no_interval_is_set() -> None:
    assert next_periodic(0.0, 0, 10.0) is None
    assert next_aligned(MIDNIGHT, 0, 10.0) is None
