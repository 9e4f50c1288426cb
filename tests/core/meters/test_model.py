"""The model of a meter against a Modbus client that knows nothing of it."""

from __future__ import annotations

import asyncio

import pytest

from tests.core.meters.models.iem3155 import Iem3155
from tests.core.meters.models.rtu_bus import RtuBus, checksum
from tests.core.readers.hand_clock import GUARD_SECONDS
from tests.core.readers.models.line_end import LineEnd


def test_the_checksum_is_the_one_of_the_standards_example() -> None:
    assert checksum(bytes.fromhex("0207")) == bytes.fromhex("4112")


@pytest.mark.peer("mbpoll")
async def test_another_client_reads_the_meter_on_its_line(wire: LineEnd, bus: RtuBus, meter: Iem3155) -> None:
    meter.voltage = (228.5, 229.5, 230.5)
    words = ("mbpoll", "-m", "rtu", "-a", "2", "-b", "19200", "-P", "none", "-t", "4:float", "-B", "-1")
    client = await asyncio.create_subprocess_exec(
        *words, "-r", "3028", "-c", "3", str(wire.path.resolve()), stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(GUARD_SECONDS):
        said, _ = await client.communicate()
    assert client.returncode == 0
    assert [line.split()[-1] for line in said.decode().splitlines() if line.startswith("[")] == [
        "228.5",
        "229.5",
        "230.5",
    ]
