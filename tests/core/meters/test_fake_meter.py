"""The meter that anyone can try without hardware."""

from __future__ import annotations

import pytest

from core.meters.setup import BAUD
from core.modbus import ModbusLine, read_modbus_link
from core.profile import DriverLink
from tests.by_hand import fake
from tests.core.readers.hand_clock import HandClock


@pytest.mark.parametrize("where", [(), ("--tcp", "0")])
async def test_what_is_typed_at_the_fake_meter_is_read_from_its_registers(where: tuple[str, ...]) -> None:
    async with fake("fake_meter.py", "--unit", "7", *where) as device:
        assert (device.table, device.driver) == ("[[meter]]", "iem_3x5x")
        assert "meter.1.rtu_address=7" in await device.says()
        device.does("energy 4242")
        assert "4242.0 Wh" in await device.says()
        driver = DriverLink(driver=device.driver, link=device.link)
        line = ModbusLine(read_modbus_link(driver, "meter.link", baud=BAUD), HandClock())
        assert await line.read(7, 3203, 4) == (0, 0, 0, 4242)
        line.close()
        device.does("nonsense")
        assert "Control-D ends." in await device.ends()
