"""The energy counter of a charge point: by its meter, through silences, and through another meter."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.meters.counter import Counter
from core.meters.reading import MeterReading

HOUR = 3600.0
KW = 11_000.0


def reading(register: int, at: float, *, serial: int | None = 1, watts: float = KW) -> MeterReading:
    third = watts / 3
    return MeterReading(
        at=at,
        current=(16.0, 16.0, 16.0),
        voltage=(230.0, 230.0, 230.0),
        power=(third, third, third),
        watts=watts,
        energy_wh=register,
        serial=serial,
    )


@dataclass
class Walk:
    """A counter, and all that it has shown."""

    counter: Counter = field(default_factory=lambda: Counter.starting(1000.0, 0.0))
    at: float = 0.0
    shown: list[float] = field(default_factory=list)

    def passes(self, seconds: float) -> Walk:
        self.at += seconds
        return self

    def answers(self, register: int, *, ct: float = KW, serial: int | None = 1) -> float:
        self.counter = self.counter.metered(reading(register, self.at, serial=serial), ct, self.at)
        return self.show()

    def silent(self, *, ct: float = KW) -> float:
        self.counter = self.counter.estimated(ct, self.at)
        return self.show()

    def show(self) -> float:
        self.shown.append(self.counter.at(self.at))
        return self.shown[-1]


def test_the_first_answer_changes_nothing_and_then_the_register_counts() -> None:
    walk = Walk()
    assert walk.answers(500_000) == 1000
    assert walk.passes(600).answers(501_833) == 2833
    assert walk.counter.watts == KW


def test_a_silence_is_bridged_by_the_estimate_and_then_made_up_for() -> None:
    walk = Walk()
    walk.answers(500_000)
    walk.passes(10).silent(ct=3600.0)
    assert walk.passes(100).show() == pytest.approx(1000 + 10 * KW / HOUR + 100)
    assert walk.passes(1).answers(500_340) == 1340
    assert walk.passes(1).answers(500_343) == 1343


def test_what_was_estimated_too_high_is_not_counted_twice() -> None:
    walk = Walk()
    walk.answers(500_000, ct=36_000)
    assert walk.passes(100).silent(ct=36_000) == 2000
    assert walk.passes(1).answers(500_900) == 2010
    assert walk.passes(1).answers(501_000) == 2010
    assert walk.passes(1).answers(501_020) == 2020


@pytest.mark.parametrize("register", [12, 900_000])
def test_a_meter_that_was_reset_or_replaced_goes_on_from_where_the_counter_is(register: int) -> None:
    walk = Walk()
    walk.answers(500_000, ct=3600)
    assert walk.passes(1).answers(register, ct=3600) == 1001
    assert walk.passes(1).answers(register + 5) == 1006


def test_another_serial_number_is_another_meter_though_its_register_would_fit() -> None:
    walk = Walk()
    walk.answers(500_000, ct=0.0)
    assert walk.passes(1).answers(503_000, serial=2) == 1000
    assert walk.passes(1).answers(503_001, serial=2) == 1001


def test_a_session_does_not_pay_for_the_estimate_of_the_one_before() -> None:
    walk = Walk()
    walk.answers(500_000, ct=36_000)
    walk.passes(100).silent(ct=36_000)
    walk.passes(1).answers(500_100)
    walk.counter = walk.counter.ended().begun()
    start = walk.show()
    assert walk.passes(1).answers(500_107) == start + 7


def test_what_a_session_missed_in_a_silence_is_not_the_next_ones() -> None:
    walk = Walk()
    walk.answers(500_000, ct=0)
    walk.passes(10).silent(ct=0)
    walk.counter = walk.counter.ended().begun()
    start = walk.show()
    assert walk.passes(10).answers(504_000) == start
    assert walk.passes(1).answers(504_006) == start + 6


def test_a_session_that_begins_in_a_silence_gets_all_that_is_its_own() -> None:
    walk = Walk()
    walk.answers(500_000, ct=0)
    walk.passes(10).silent(ct=0)
    walk.counter = walk.counter.begun()
    start = walk.show()
    assert walk.passes(600).answers(504_000) == start + 4000


step = st.tuples(
    st.floats(0.2, 900.0),
    st.floats(0.0, 22_000.0),
    st.floats(0.8, 1.2),
    st.sampled_from(["answers", "answers", "silent", "begins", "ends", "reset", "replaced"]),
)


@given(st.lists(step, max_size=60))
def test_the_counter_never_goes_back(steps: list[tuple[float, float, float, str]]) -> None:
    walk, register, serial = Walk(), 700_000.0, 1
    for seconds, watts, ct_error, what in steps:
        walk.passes(seconds)
        walk.show()
        register += watts * seconds / HOUR
        if what == "reset":
            register = 0.0
        elif what == "replaced":
            register, serial = register + 4_000_000, serial + 1
        if what == "begins":
            walk.counter = walk.counter.begun()
        elif what == "ends":
            walk.counter = walk.counter.ended()
        elif what == "silent":
            walk.silent(ct=watts * ct_error)
        else:
            walk.answers(int(register), ct=watts * ct_error, serial=serial)
        walk.show()
    assert walk.shown == sorted(walk.shown)


@given(st.lists(st.tuples(st.floats(0.5, 30.0), st.floats(0.0, 60_000.0)), min_size=1, max_size=60))
def test_over_an_unbroken_time_it_counts_what_the_register_counts(moves: list[tuple[float, float]]) -> None:
    walk, register = Walk(), 0.0
    first = walk.answers(0)
    for seconds, watts in moves:
        register += watts * seconds / HOUR
        walk.passes(seconds).answers(int(register), ct=watts * 3)
    assert walk.show() - first == int(register)


@given(
    st.lists(
        st.tuples(st.booleans(), st.floats(0.5, 600.0), st.floats(0.0, 22_000.0)), min_size=1, max_size=60
    ),
    st.floats(0.0, 1.0),
)
def test_after_any_silences_nothing_of_the_register_is_lost_or_double(
    moves: list[tuple[bool, float, float]], measured: float
) -> None:
    """With an internal measurement that is never too high, the register alone decides in the end."""
    walk, register = Walk(), 0.0
    first = walk.answers(0, ct=0.0)
    for is_silent, seconds, watts in moves:
        ct = watts * measured
        # What is measured while the meter answers carries on into a silence, from this moment on.
        if is_silent:
            walk.silent(ct=ct)
        walk.passes(seconds)
        register += watts * seconds / HOUR
        if is_silent:
            walk.silent(ct=0.0)
        else:
            walk.answers(int(register), ct=0.0)
    walk.answers(int(register), ct=0.0)
    assert walk.show() - first == pytest.approx(int(register), abs=1)
