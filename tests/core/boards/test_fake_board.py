"""The boards that anyone can try without hardware."""

from __future__ import annotations

import asyncio

import pytest

from core.boards.making import make_boards, real_boards
from core.profile import parse_profile
from tests.by_hand import fake
from tests.core.boards.test_station_with_boards import PROFILE


@pytest.mark.parametrize("driver", ["evse_modbus", "openevse_rapi"])
async def test_a_vehicle_that_is_plugged_in_by_hand_is_seen_by_the_driver(driver: str) -> None:
    async with fake("fake_board.py", driver) as device:
        assert (device.table, device.driver) == ("[[board]]", driver)
        place = device.link.removeprefix("serial://")
        text = PROFILE.format(driver=driver, device=place, cable="attached", phases=1)
        (board,) = real_boards(make_boards(parse_profile(text, name="fake")))
        changed = asyncio.Event()
        board.changed = changed.set
        task = asyncio.create_task(board.run())
        await changed.wait()
        device.does("plug\nwait\nnonsense")
        while (read := board.readings(0.0)) is None or read.pilot != 9.0:
            changed.clear()
            await changed.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert "Control-D ends." in await device.ends()
