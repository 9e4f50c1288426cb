"""The reader that anyone can try without hardware."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from core.profile import DriverLink
from core.readers import Presented, ReaderState, make_reader
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("driver", ["ascii_line", "pn532"])
async def test_an_identifier_typed_at_the_fake_reader_is_read_by_its_driver(driver: str) -> None:
    fake = await asyncio.create_subprocess_exec(
        sys.executable,
        "scripts/fake_reader.py",
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
            assert said[:2] == ["[reader]\n", f'driver = "{driver}"\n']
            link = said[2].removeprefix('link = "').removesuffix('"\n')
            found, presented = asyncio.Event(), asyncio.get_running_loop().create_future()

            def note(state: ReaderState) -> None:
                found.set()

            def read(badge: Presented) -> None:
                presented.set_result(badge.uid)

            clock = HandClock()
            reader = make_reader(DriverLink(driver=driver, link=link), clock, pace=clock)
            task = asyncio.create_task(reader.run(read, note))
            await found.wait()
            fake.stdin.write(b"e1eb1c02\n")
            assert await presented == "E1EB1C02"
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            fake.stdin.close()
            assert await fake.wait() == 0
    finally:
        if fake.returncode is None:
            fake.kill()
            await fake.wait()
