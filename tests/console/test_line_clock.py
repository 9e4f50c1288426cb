"""The clock of a serial line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.line_clock import LineClock


def test_960_bytes_take_a_second_at_9600_baud() -> None:
    clock = LineClock(9600)
    clock.handed_over(960, now=10.0)
    assert clock.backlog(10.0) == pytest.approx(1.0)
    assert clock.backlog(10.25) == pytest.approx(0.75)
    assert clock.backlog(12.0) == 0.0


def test_bytes_queue_behind_those_before() -> None:
    clock = LineClock(9600)
    clock.handed_over(96, now=0.0)
    clock.handed_over(96, now=0.05)
    assert clock.backlog(0.05) == pytest.approx(0.15)


def test_an_idle_line_has_room_for_its_lag() -> None:
    assert LineClock(9600).room(5.0, lag=0.1) == 96


@given(
    st.lists(st.tuples(st.floats(0, 10), st.floats(0.01, 1)), max_size=30),
    st.sampled_from([300, 9600, 115200]),
)
def test_who_writes_only_what_there_is_room_for_never_waits_longer(
    writes: list[tuple[float, float]], baud: int
) -> None:
    clock, now = LineClock(baud), 0.0
    for later, lag in writes:
        now += later
        before = clock.backlog(now)
        clock.handed_over(clock.room(now, lag), now)
        assert clock.backlog(now) <= max(before, lag) + 1e-6


def test_a_line_without_speed_is_refused() -> None:
    with pytest.raises(ValueError, match="baud"):
        LineClock(0)
