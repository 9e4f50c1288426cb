"""Station-wide errors: raised with their cause, told on the right clock, cleared by who raised them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.audit import Note
from core.causes import Causes
from core.clock import SimulatedClock
from tests.stations import NOON

NUMBER = 30


class Bench:
    """Causes on a clock that is held, with what they logged and how often they told of a change."""

    def __init__(self) -> None:
        self.clock = SimulatedClock(start=NOON, speed=0)
        self.notes: list[Note] = []
        self.told = 0
        self.causes = Causes(self.clock, self._changed, self.notes.append)

    def _changed(self) -> None:
        self.told += 1


def test_an_error_says_since_when_and_by_what_it_lasts() -> None:
    bench = Bench()
    assert bench.causes.set(NUMBER, True, cause="no answer for 30 s", subject="supervision")
    bench.clock.advance(60)
    assert not bench.causes.set(NUMBER, True, cause="the name is not known")
    (error,) = bench.causes.active()
    assert (error.number, error.point, error.since) == (NUMBER, None, NOON)
    assert (error.cause, error.sub_tab) == ("the name is not known", "supervision")
    (raised,) = bench.notes
    assert (raised.action, raised.subject, raised.new) == ("error_raised", "supervision", "Err #30")
    assert raised.text == "no answer for 30 s"
    assert bench.told == 2


def test_an_error_that_is_over_is_gone_and_logged_once() -> None:
    bench = Bench()
    assert not bench.causes.set(NUMBER, False)
    bench.causes.set(NUMBER, True)
    assert bench.causes.set(NUMBER, False)
    assert not bench.causes.set(NUMBER, False)
    assert bench.causes.active() == ()
    assert [note.action for note in bench.notes] == ["error_raised", "error_cleared"]


def test_a_cause_may_have_another_place_than_its_error() -> None:
    bench = Bench()
    bench.causes.set(9, True, place=("records", "publication"))
    assert [(error.tab, error.sub_tab) for error in bench.causes.active()] == [("records", "publication")]


def test_a_clock_that_is_set_moves_the_beginning_with_it() -> None:
    bench = Bench()
    bench.causes.set(NUMBER, True)
    bench.causes.shift(3600)
    assert [error.since for error in bench.causes.active()] == [NOON + timedelta(hours=1)]


def test_a_number_that_the_guide_leaves_free_is_refused() -> None:
    with pytest.raises(KeyError):
        Bench().causes.set(2, True)
