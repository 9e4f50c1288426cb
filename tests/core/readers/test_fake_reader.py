"""The reader that anyone can try without hardware."""

from __future__ import annotations

import asyncio

import pytest

from core.profile import DriverLink
from core.readers import Presented, ReaderState, make_reader
from tests.by_hand import fake
from tests.core.readers.hand_clock import HandClock


@pytest.mark.parametrize("driver", ["ascii_line", "pn532"])
async def test_an_identifier_typed_at_the_fake_reader_is_read_by_its_driver(driver: str) -> None:
    async with fake("fake_reader.py", driver) as device:
        assert (device.table, device.driver) == ("[reader]", driver)
        found, presented = asyncio.Event(), asyncio.get_running_loop().create_future()

        def note(state: ReaderState) -> None:
            found.set()

        def read(badge: Presented) -> None:
            presented.set_result(badge.uid)

        clock = HandClock()
        reader = make_reader(DriverLink(driver=driver, link=device.link), clock, pace=clock)
        task = asyncio.create_task(reader.run(read, note))
        await found.wait()
        device.does("e1eb1c02")
        assert await presented == "E1EB1C02"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await device.ends()
