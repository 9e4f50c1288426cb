"""The life sign of an energy manager: missed when it was there, never else."""

from __future__ import annotations

import pytest

from core.audit import Note
from core.causes import Causes
from core.clock import SimulatedClock
from core.energy.life_sign import LIFE_SIGN_SECONDS, EnergyManager
from core.profile import load_profile
from core.settings.store import Settings
from tests.stations import NOON


class Bench:
    """An energy manager of a station that lets itself be controlled, on a clock that is held."""

    def __init__(self, controlled: str = "yes") -> None:
        self.settings = Settings(load_profile("parking-2"), {"energy.external_control": controlled})
        self.clock = SimulatedClock(start=NOON, speed=0)
        self.causes = Causes(self.clock, lambda: None, list[Note]().append)
        self.manager = EnergyManager(self.settings, self.clock, self.causes)

    def passes(self, seconds: float) -> bool:
        """Whether it is lost after so many seconds."""
        self.clock.advance(seconds)
        self.manager.look()
        return self.manager.is_lost


def test_it_is_lost_after_a_minute_without_a_life_sign_and_back_with_the_next() -> None:
    bench = Bench()
    bench.manager.heard("the building")
    assert not bench.passes(LIFE_SIGN_SECONDS)
    assert bench.passes(1)
    assert [error.number for error in bench.causes.active()] == [16]
    bench.manager.heard("the building")
    assert not bench.manager.is_lost


def test_every_life_sign_counts_anew() -> None:
    bench = Bench()
    for _turn in range(5):
        bench.manager.heard("the building")
        assert not bench.passes(LIFE_SIGN_SECONDS - 1)


def test_one_that_was_never_there_is_not_missed() -> None:
    assert not Bench().passes(10 * LIFE_SIGN_SECONDS)


def test_one_that_has_taken_its_leave_is_not_missed() -> None:
    bench = Bench()
    bench.manager.heard("the building")
    assert bench.passes(LIFE_SIGN_SECONDS + 1)
    bench.manager.ended()
    assert not bench.manager.is_lost
    assert not bench.passes(10 * LIFE_SIGN_SECONDS)


@pytest.mark.parametrize("seconds", [1, LIFE_SIGN_SECONDS + 1])
def test_a_station_that_nothing_may_control_misses_nobody(seconds: float) -> None:
    bench = Bench(controlled="no")
    bench.manager.heard("the building")
    assert not bench.passes(seconds)
