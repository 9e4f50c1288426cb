"""What the station's side of a board does when its driver is late or fails."""

from __future__ import annotations

import asyncio

import pytest

from core.boards.polled import SILENT_SECONDS, PolledBoard
from core.boards.seen import Seen
from core.charge_points.hardware import Offer
from tests.core.boards.bench import bench
from tests.core.boards.conftest import THINKS
from tests.core.readers.hand_clock import HandClock


class Faulty:
    """A driver that takes its time, or has a fault of its own; `offers` is what it was to tell its board."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self.takes = 0.0
        self.fails = False
        self.offers: list[Offer] = []

    async def begin(self) -> str:
        return "1"

    async def round(self, offer: Offer) -> Seen:
        self.offers.append(offer)
        if self.fails:
            raise RuntimeError("a fault of the driver")
        takes, self.takes = self.takes, 0.0
        self._clock.passes(takes)
        return Seen(pilot=9.0, modulated=offer.current > 0)

    async def notice(self) -> None:
        await asyncio.Event().wait()

    def close(self) -> None:
        """Nothing is open."""


async def test_a_board_that_answers_too_late_was_lost_and_offers_nothing_of_before(clock: HandClock) -> None:
    driver = Faulty(clock)
    async with bench(PolledBoard("charge point 1", driver, clock), clock, THINKS) as found:
        await found.answers()
        found.offer(16.0)
        await found.reads(lambda read: read.modulated)
        driver.takes = SILENT_SECONDS + 1
        await found.until(lambda: found.board.reason == "the board answers too late")
        assert found.readings is None
        read = await found.answers()
        assert not read.modulated
    assert driver.offers[-1] == Offer()


async def test_a_fault_of_the_driver_leaves_no_old_readings_and_no_old_offer(clock: HandClock) -> None:
    driver = Faulty(clock)
    board = PolledBoard("charge point 1", driver, clock)
    board.apply(Offer(current=16.0), 0.0)
    changed = asyncio.Event()
    board.changed = changed.set
    run = asyncio.create_task(board.run())
    await changed.wait()
    driver.fails = True
    board.apply(Offer(current=20.0), 0.0)
    with pytest.raises(RuntimeError):
        await run
    assert board.readings(0.0) is None
    driver.fails = False
    async with bench(board, clock, THINKS) as found:
        await found.answers()
    assert driver.offers[-1] == Offer()
