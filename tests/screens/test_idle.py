"""Sessions at which nobody presses a key are announced to end, then end."""

from __future__ import annotations

import pytest

from core.api import Origin
from screens.idle_watch import LIMIT, LOG_IN_LIMIT, SERIAL_LIMIT, IdleWatch, limit_for

SSH = Origin(kind="ssh", address="::1")
SERIAL = Origin(kind="serial", address="ttyS1")


class Hand:
    """A clock that is turned by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize(
    ("origin", "logged_in", "limit"),
    [(SSH, True, LIMIT), (SERIAL, True, SERIAL_LIMIT), (SSH, False, LOG_IN_LIMIT)],
)
def test_the_limit_follows_from_the_origin(origin: Origin, limit: float, *, logged_in: bool) -> None:
    assert limit_for(origin, logged_in=logged_in) == limit


def test_the_end_is_announced_a_minute_before() -> None:
    hand = Hand()
    watch = IdleWatch(hand)
    hand.seconds = 539.0
    assert watch.second_passed(SSH, logged_in=True) == ""
    hand.seconds = 545.0
    assert "ends in 55 s" in watch.second_passed(SSH, logged_in=True)
    hand.seconds = 600.0
    assert watch.second_passed(SSH, logged_in=True) == "end"


def test_a_key_begins_the_time_anew() -> None:
    hand = Hand()
    watch = IdleWatch(hand)
    hand.seconds = 599.0
    watch.key_pressed()
    hand.seconds = 700.0
    assert watch.second_passed(SSH, logged_in=True) == ""


def test_the_station_hears_of_keys_once_a_period() -> None:
    hand = Hand()
    watch = IdleWatch(hand)
    assert not watch.touch_due()
    hand.seconds = 31.0
    watch.key_pressed()
    assert watch.touch_due()
    assert not watch.touch_due()
