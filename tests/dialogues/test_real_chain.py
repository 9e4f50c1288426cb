"""The whole chain without simulation: a board on one line, a meter on another, a station on both."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from core.api import Origin, Station
from core.link import connect
from core.values.records import ChargeRecord, RecordQuery
from core.values.status import StationStatus
from tests.core.boards.models.evse_wb import EvseWbModel
from tests.core.meters.models.iem3155 import Iem3155
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.models.line_end import LineEnd
from tests.dialogues.running import RunningStation

T = TypeVar("T")

PATIENCE_SECONDS = 40
STEP_SECONDS = 0.1
ALREADY_THERE_WH = 1_234_567.0
SETTINGS = {
    "general.authentication_location": "disable",
    "meter.1.metering": "iem_3x5x",
    "meter.1.protocol": "modbus_rtu",
    "meter.1.rtu_address": "2",
}
PROFILE = """
name = "CS-01"
family = "parking"
charge_points = 1
rfid_reader = false
[[socket]]
type = "T2"
cable = "socket-outlet"
phases = 3
[[board]]
driver = "evse_modbus"
link = "serial://{board}"
[meter]
driver = "iem_3x5x"
link = "serial://{meter}?baud=19200&parity=N"
[clock]
driver = "system"
"""


class Chain:
    """A board and a meter at the far ends of two lines, and the station that speaks with both."""

    def __init__(self, board: EvseWbModel, meter: Iem3155, meter_line: LineEnd, station: Station) -> None:
        self.board = board
        self.meter = meter
        self.meter_line = meter_line
        self.station = station

    async def until(self, holds: Callable[[StationStatus], bool]) -> StationStatus:
        """Wait until the station shows this."""
        return await self._find(self.station.status, holds)

    async def record(self, number: int) -> ChargeRecord:
        """Wait for this record."""

        async def records() -> tuple[ChargeRecord, ...]:
            return (await self.station.records(RecordQuery())).records

        return (await self._find(records, lambda found: len(found) == number))[0]

    async def _find(self, ask: Callable[[], Awaitable[T]], holds: Callable[[T], bool]) -> T:
        """Look after all news of the station, and every second for what is none."""
        news: Any = self.station.events()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not holds(found := await ask()):
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(anext(news), 1.0)
                return found
        finally:
            await news.aclose()

    async def flow(self) -> None:
        """Let the meter count what the vehicle draws, as long as the test runs."""
        while True:
            self.meter.load(self.board.amperes)
            self.meter.grow(STEP_SECONDS)
            await asyncio.sleep(STEP_SECONDS)


def errors(status: StationStatus) -> list[int]:
    return [error.number for error in status.errors]


def is_charging(status: StationStatus) -> bool:
    point = status.charge_points[0]
    return point.cpw_state == "Charging_StateC_Plus" and point.session is not None


def energy_wh(status: StationStatus) -> int:
    session = status.charge_points[0].session
    return 0 if session is None else session.energy_wh


@pytest.fixture
async def chain(tmp_path: Path) -> AsyncIterator[Chain]:
    """Run the station as it is run, on models of its hardware."""
    # Names that stay the same when a line is pulled out and put back, where a profile looks for devices.
    with tempfile.TemporaryDirectory(dir="/dev/shm") as devices:
        board_line, meter_line = LineEnd(Path(devices) / "board"), LineEnd(Path(devices) / "meter")
        board_line.put_in()
        meter_line.put_in()
        board = EvseWbModel(board_line, now=asyncio.get_running_loop().time)
        meter = Iem3155(energy_wh=ALREADY_THERE_WH)
        RtuBus(meter_line, {2: meter}, baud=19200)
        profile = tmp_path / "station.toml"
        profile.write_text(PROFILE.format(board=board_line.path, meter=meter_line.path))
        running = await asyncio.to_thread(RunningStation, tmp_path / "data", "--profile", str(profile))
        entrance = await connect(tmp_path / "data")
        station = await entrance.local(Origin(kind="local"))
        await station.change_settings(SETTINGS)
        found = Chain(board, meter, meter_line, station)
        flowing = asyncio.create_task(found.flow())
        try:
            yield found
        finally:
            flowing.cancel()
            await entrance.close()
            await asyncio.to_thread(running.stop)
            board_line.pull_out()
            meter_line.pull_out()


async def test_a_car_charges_while_meter_and_board_are_pulled_and_put_back(chain: Chain) -> None:
    await chain.until(lambda status: errors(status) == [])
    register = chain.meter.energy_wh
    chain.board.plug("C", cable=32)
    charging = await chain.until(lambda status: is_charging(status) and energy_wh(status) >= 3)
    assert charging.charge_points[0].current == (32.0, 32.0, 32.0)
    assert charging.charge_points[0].power_w == 3 * 32 * 230

    chain.meter_line.pull_out()
    silent = await chain.until(lambda status: errors(status) == [12])
    assert is_charging(silent)
    chain.meter_line.put_in()
    back = await chain.until(lambda status: errors(status) == [])
    grown = await chain.until(lambda status: energy_wh(status) >= energy_wh(back) + 3)
    assert is_charging(grown)
    assert energy_wh(back) >= energy_wh(silent) >= energy_wh(charging)

    chain.board.vehicle = "B"
    await chain.until(lambda status: not is_charging(status))
    counted = chain.meter.energy_wh - register
    # A meter is asked once a second.
    await chain.until(lambda status: energy_wh(status) >= counted - 1)
    chain.board.unplug()
    await chain.until(lambda status: status.charge_points[0].session is None)
    record = await chain.record(1)
    assert record.stop_reason == "vehicle_unplugged"
    assert record.energy_kwh * 1000 == pytest.approx(counted, abs=1)

    chain.board.plug("C")
    await chain.until(is_charging)
    chain.board.line.pull_out()
    gone = await chain.until(lambda status: 3 in errors(status))
    assert gone.charge_points[0].session is None
    chain.board.line.put_in()
    await chain.until(lambda status: errors(status) == [] and is_charging(status))
    assert (await chain.record(2)).stop_reason == "fault"
