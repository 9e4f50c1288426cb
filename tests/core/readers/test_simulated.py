"""The reader without hardware."""

from __future__ import annotations

import pytest

from core.errors import Invalid
from core.profile import DriverLink
from core.readers import Presented, make_reader
from core.readers.simulated import SimulatedReader
from tests.core.readers.desk import desk
from tests.core.readers.hand_clock import HandClock


async def test_a_badge_is_presented_and_signals_are_remembered() -> None:
    clock = HandClock()
    reader = make_reader(DriverLink(), clock)
    assert isinstance(reader, SimulatedReader)
    async with desk(reader, clock) as found:
        await found.is_found()
        reader.present("3F420F")
        reader.present("3F420F")
        await found.sees("3F420F", "3F420F")
        await reader.beep("accepted")
        assert found.presented[0] == Presented(uid="3F420F", at=clock.elapsed())
    assert reader.signals == ("accepted",)


async def test_nothing_happens_while_it_is_pulled_out() -> None:
    clock = HandClock()
    reader = SimulatedReader(clock)
    async with desk(reader, clock) as found:
        await found.is_found()
        reader.pull_out()
        assert (await found.is_lost()).reason == "it was pulled out"
        reader.present("3F420F")
        await reader.beep("refused")
        reader.put_back()
        await found.is_found()
        reader.present("E1EB1C02")
        await found.sees("E1EB1C02")
    assert reader.signals == ()


def test_an_option_that_the_driver_does_not_have_is_refused_at_once() -> None:
    with pytest.raises(Invalid):
        make_reader(DriverLink(driver="pn532", link="serial:///dev/ttyS1?beep=07"), HandClock())
