"""A charge that is counted by a meter on a serial line, which is pulled out and put back meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.charge_points.hardware import Board, Readings
from core.charge_points.simulated import SimulatedBoard
from core.events import StatusChanged
from core.values.meters import MeterState
from core.values.simulation import Vehicle
from tests.core.charging_house import House, house
from tests.core.meters.attended import PARKING, PolledClock
from tests.core.meters.models.iem3155 import Iem3155
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.models.line_end import LineEnd

METER = """
[[meter]]
driver = "iem_3x5x"
link = "serial://{device}"
"""


class Metered:
    """A station on the line, and the clock that its meters go by."""

    def __init__(self, station: House, pace: PolledClock, bus: RtuBus) -> None:
        self.station = station
        self.charging = station.charging
        self._pace = pace
        self._bus = bus
        self._seen = 0

    async def comes_to(self, state: MeterState) -> None:
        while self.station.meters.status(1).state != state:
            await self._pace.turn(self._is_mute)
        await self.charging.tick()

    async def shows(self, energy_wh: int) -> None:
        """Let it poll until the station has seen this register."""
        while self.station.meters.status(1).energy_wh != energy_wh:
            await self._pace.turn(self._is_mute)
        await self.charging.tick()

    async def shows_current(self, amperes: float) -> None:
        """Let it poll until the station has seen this current."""
        while (reading := self.station.meters.reading(1, 0)) is None or reading.current[0] != amperes:
            await self._pace.turn(self._is_mute)
        await self.charging.tick()

    @property
    def errors(self) -> set[int]:
        return {error.number for error in self.charging.errors()}

    def _is_mute(self) -> bool:
        if len(self._bus.heard) <= self._seen or not self._bus.is_mute:
            return False
        self._seen = len(self._bus.heard)
        return True


@asynccontextmanager
async def metered(folder: Path, wire: LineEnd, bus: RtuBus, *boards: Board) -> AsyncIterator[Metered]:
    pace = PolledClock()
    bus.on_heard = pace.changed.set
    profile = folder / "station.toml"
    profile.write_text(PARKING + METER.format(device=wire.path.resolve()), encoding="utf-8")
    settings = {
        "meter__1__metering": "iem_3x5x",
        "meter__1__rtu_address": "2",
        "general__authentication_location": "disable",
    }
    async with house(folder / "data", str(profile), boards, pace, **settings) as station:
        asking = asyncio.create_task(station.meters.run())
        try:
            yield Metered(station, pace, bus)
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)


async def test_the_record_is_what_the_meter_counted_though_it_was_away_for_a_while(
    tmp_path: Path, wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with metered(tmp_path, wire, bus) as here:
        await here.comes_to("answering")
        meter.load(10.0)
        await here.charging.sim_plug(1, Vehicle(demand=10))
        meter.energy_wh += 100
        await here.shows(1_000_100)
        (status,) = here.charging.charge_points()
        assert status.session is not None
        assert status.session.energy_wh == 100
        assert status.power_w == 6900
        bus.silent.add(2)
        await here.comes_to("silent")
        assert here.errors == {12}
        await here.station.wait(360)
        (status,) = here.charging.charge_points()
        assert status.session is not None
        assert status.session.energy_wh == 100 + 690
        meter.energy_wh += 750
        bus.silent.clear()
        await here.comes_to("answering")
        assert here.errors == set()
        meter.energy_wh += 50
        await here.shows(1_000_900)
        record = (await here.charging.sim_unplug(1)).record
        assert record is not None
        assert record.energy_kwh == 0.9
        assert record.meter_stop_wh - record.meter_start_wh == 900


async def test_energy_that_a_meter_counts_after_the_flow_has_ended_is_told(
    tmp_path: Path, wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with metered(tmp_path, wire, bus) as here:
        await here.comes_to("answering")
        await here.charging.sim_plug(1, Vehicle(demand=10, energy_wh=100))
        await here.station.wait(120)
        (status,) = here.charging.charge_points()
        assert (status.session is not None, status.ev_state) == (True, "B_Present_Asked_9V_M12V")
        here.station.events.clear()
        await here.charging.tick()
        assert StatusChanged() not in here.station.events
        meter.energy_wh += 50
        await here.shows(1_000_050)
        assert StatusChanged() in here.station.events


class WithoutAmmeter(SimulatedBoard):
    """A board that measures no current."""

    def readings(self, at: float) -> Readings | None:
        read = super().readings(at)
        return read and replace(read, current=None)


async def test_a_meter_tells_of_a_vehicle_that_takes_more_than_it_is_offered(
    tmp_path: Path, wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    board = WithoutAmmeter(attached=False, phases=3, inputs={"input_1": False, "input_2": False})
    async with metered(tmp_path, wire, bus, board) as here:
        await here.comes_to("answering")
        meter.load(10.0)
        await here.charging.sim_plug(1, Vehicle(demand=10))
        await here.shows_current(10.0)
        await here.station.wait(20)
        assert here.errors == set()
        meter.load(40.0)
        await here.shows_current(40.0)
        await here.station.wait(9)
        assert here.errors == set()
        await here.station.wait(2)
        assert here.errors == {21}
        assert here.charging.charge_points()[0].session is None


async def test_a_meter_that_is_replaced_in_a_charge_goes_on_counting_it(
    tmp_path: Path, wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with metered(tmp_path, wire, bus) as here:
        await here.comes_to("answering")
        await here.charging.sim_plug(1, Vehicle(demand=10))
        meter.energy_wh += 100
        await here.shows(1_000_100)
        bus.silent.add(2)
        await here.comes_to("silent")
        bus.units[2] = other = Iem3155(serial=5, energy_wh=7)
        bus.silent.clear()
        await here.comes_to("answering")
        other.energy_wh += 40
        await here.shows(47)
        record = (await here.charging.sim_unplug(1)).record
        assert record is not None
        assert record.energy_kwh == pytest.approx(0.14)


async def test_a_meter_says_by_its_wiring_which_phase_of_the_network_is_loaded(
    tmp_path: Path, wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with metered(tmp_path, wire, bus) as here:
        plan = here.station.settings.plan({"meter.1.phases": "meter_312_contactor_312"}, account="admin")
        here.station.settings.accept(plan)
        await here.charging.tick()
        meter.current, meter.voltage = (16.0, 2.0, 1.0), (231.0, 232.0, 233.0)
        await here.comes_to("answering")
        (status,) = here.charging.charge_points()
        assert status.current == (2.0, 1.0, 16.0)
        assert status.voltage == (232.0, 233.0, 231.0)


async def test_another_meter_between_two_charges_begins_where_the_counter_is(
    tmp_path: Path, wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    bus.units[3] = other = Iem3155(serial=meter.serial, energy_wh=1_000_500)
    async with metered(tmp_path, wire, bus) as here:
        await here.comes_to("answering")
        meter.energy_wh += 10
        await here.shows(1_000_010)
        before = here.charging.charge_points()[0].energy_wh
        plan = here.station.settings.plan({"meter.1.rtu_address": 3}, account="admin")
        here.station.settings.accept(plan)
        await here.charging.tick()
        await here.comes_to("answering")
        other.energy_wh += 3
        await here.shows(1_000_503)
        assert here.charging.charge_points()[0].energy_wh == before + 3
