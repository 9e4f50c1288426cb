"""The meter that anyone can try without hardware."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from core.meters.setup import BAUD
from core.modbus import ModbusLine, read_modbus_link
from core.profile import DriverLink
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("where", [(), ("--tcp", "0")])
async def test_what_is_typed_at_the_fake_meter_is_read_from_its_registers(where: tuple[str, ...]) -> None:
    fake = await asyncio.create_subprocess_exec(
        sys.executable,
        "scripts/fake_meter.py",
        "--unit",
        "7",
        *where,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert fake.stdin is not None
    assert fake.stdout is not None
    try:
        async with asyncio.timeout(GUARD_SECONDS):
            said = [(await fake.stdout.readline()).decode() for _ in range(4)]
            assert said[:2] == ["[[meter]]\n", 'driver = "iem_3x5x"\n']
            link = said[2].removeprefix('link = "').removesuffix('"\n')
            fake.stdin.write(b"energy 4242\n")
            await fake.stdout.readline()
            driver = DriverLink(driver="iem_3x5x", link=link)
            line = ModbusLine(read_modbus_link(driver, "meter.link", baud=BAUD), HandClock())
            assert await line.read(7, 3203, 4) == (0, 0, 0, 4242)
            line.close()
            fake.stdin.close()
            assert await fake.wait() == 0
    finally:
        if fake.returncode is None:
            fake.kill()
            await fake.wait()
