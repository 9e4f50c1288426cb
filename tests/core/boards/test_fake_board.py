"""The boards that anyone can try without hardware."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from core.boards.making import make_boards, real_boards
from core.profile import parse_profile
from tests.core.boards.test_station_with_boards import PROFILE
from tests.core.readers.hand_clock import GUARD_SECONDS

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("driver", ["evse_modbus", "openevse_rapi"])
async def test_a_vehicle_that_is_plugged_in_by_hand_is_seen_by_the_driver(driver: str) -> None:
    fake = await asyncio.create_subprocess_exec(
        sys.executable,
        "scripts/fake_board.py",
        driver,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert fake.stdin is not None
    assert fake.stdout is not None
    try:
        async with asyncio.timeout(GUARD_SECONDS):
            said = [(await fake.stdout.readline()).decode() for _ in range(3)]
            assert said[:2] == ["[[board]]\n", f'driver = "{driver}"\n']
            device = said[2].removeprefix('link = "serial://').removesuffix('"\n')
            text = PROFILE.format(driver=driver, device=device, cable="attached", phases=1)
            (board,) = real_boards(make_boards(parse_profile(text, name="fake")))
            changed = asyncio.Event()
            board.changed = changed.set
            task = asyncio.create_task(board.run())
            await changed.wait()
            fake.stdin.write(b"plug\nwait\nnonsense\n")
            while (read := board.readings(0.0)) is None or read.pilot != 9.0:
                changed.clear()
                await changed.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            fake.stdin.close()
            assert await fake.wait() == 0
            assert b"Control-D ends." in await fake.stdout.read()
    finally:
        if fake.returncode is None:
            fake.kill()
            await fake.wait()
