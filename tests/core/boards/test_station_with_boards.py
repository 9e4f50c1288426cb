"""A station on real boards: a model at the far end of a line, everything else as it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from core.boards.making import BAUD
from core.charge_points.states import EvState
from core.clock import SystemClock
from core.errors import NotAllowed
from core.station import StationCore
from core.values.records import RecordQuery
from core.values.simulation import Vehicle
from core.values.status import ChargePointStatus
from tests.core.boards.models.evse_wb import EvseWbModel
from tests.core.boards.models.openevse import FIRMWARE, OpenEvseModel
from tests.core.readers.hand_clock import GUARD_SECONDS
from tests.core.readers.models.line_end import LineEnd
from tests.stations import log_in, running_station

PROFILE = """
name = "CS-01"
family = "parking"
charge_points = 1
rfid_reader = false
[[socket]]
type = "T2"
cable = "{cable}"
phases = {phases}
[[board]]
driver = "{driver}"
link = "serial://{device}"
[clock]
driver = "system"
"""

Model = EvseWbModel | OpenEvseModel


class House:
    """A station on one board, that charges whoever comes."""

    def __init__(self, core: StationCore, model: Model) -> None:
        self.core = core
        self.model = model

    @property
    def point(self) -> ChargePointStatus:
        return self.core.parts.charging.charge_points()[0]

    @property
    def errors(self) -> list[int]:
        return [error.number for error in self.core.parts.charging.errors()]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds after some news of the station."""
        news = self.core.parts.announcer.listen()
        try:
            async with asyncio.timeout(GUARD_SECONDS):
                while not holds():
                    await anext(news)
        finally:
            news.close()

    async def has_ended(self, reason: str) -> None:
        """Wait for the record of the only charge so far."""
        station = await log_in(self.core)
        news = self.core.parts.announcer.listen()
        try:
            async with asyncio.timeout(GUARD_SECONDS):
                while not (records := (await station.records(RecordQuery())).records):
                    await anext(news)
        finally:
            news.close()
        assert [record.stop_reason for record in records] == [reason]


@pytest.fixture(params=sorted(BAUD))
async def house(request: pytest.FixtureRequest, line: LineEnd, tmp_path: Path) -> AsyncIterator[House]:
    """Give a station that charges without badges, on each kind of board."""
    now = asyncio.get_running_loop().time
    model: Model = (
        EvseWbModel(line, now=now) if request.param == "evse_modbus" else OpenEvseModel(line, now=now)
    )
    is_single = request.param == "openevse_rapi"
    profile = tmp_path / "station.toml"
    profile.write_text(
        PROFILE.format(
            driver=request.param,
            device=line.path.resolve(),
            cable="attached" if is_single else "socket-outlet",
            phases=1 if is_single else 3,
        )
    )
    async with running_station(str(profile), tmp_path / "data", clock=SystemClock(), ticking=True) as core:
        station = await log_in(core)
        await station.change_settings({"general.authentication_location": "disable"})
        found = House(core, model)
        await found.until(lambda: found.errors == [])
        yield found
    assert model.offered == 0


async def test_a_vehicle_comes_charges_and_goes(house: House) -> None:
    house.model.plug("C")
    await house.until(lambda: house.point.ev_state == EvState.C_MODULATED)
    await house.until(lambda: house.point.cpw_state == "Charging_StateC_Plus")
    assert house.model.offered == 32
    house.model.vehicle = "B"
    await house.until(lambda: house.point.ev_state == EvState.B_ASKED)
    house.model.unplug()
    await house.until(lambda: house.point.session is None)
    await house.has_ended("vehicle_unplugged")
    assert house.errors == []


async def test_a_silent_board_ends_the_charge_and_recovers_by_itself(house: House) -> None:
    house.model.plug("C")
    await house.until(lambda: house.point.cpw_state == "Charging_StateC_Plus")
    house.model.mute = True
    await house.until(lambda: house.errors == [3])
    assert house.point.offered_current == 0
    links = (await (await log_in(house.core)).status()).links
    assert links["board"].endswith("does not answer")
    await house.has_ended("fault")
    house.model.speak_again()
    await house.until(lambda: house.errors == [])
    await house.until(lambda: house.point.cpw_state == "Charging_StateC_Plus")


async def test_a_set_point_reaches_the_vehicle_at_once(house: House) -> None:
    house.model.plug("C")
    await house.until(lambda: house.point.cpw_state == "Charging_StateC_Plus")
    station = await log_in(house.core)
    await station.change_settings({"socket.1.derated_current": "16"})
    await house.until(lambda: house.model.offered == 16)


async def test_a_fault_of_the_board_ends_the_charge(house: House) -> None:
    house.model.plug("C")
    await house.until(lambda: house.point.cpw_state == "Charging_StateC_Plus")
    if isinstance(house.model, OpenEvseModel):
        house.model.fail("gfci")
    else:
        house.model.rcd_error = True
    await house.until(lambda: house.errors == [11])
    await house.until(lambda: house.point.session is None)


@pytest.mark.parametrize("house", ["openevse_rapi"], indirect=True)
async def test_a_board_that_is_built_for_less_than_its_outlet_is_the_wrong_one(house: House) -> None:
    assert isinstance(house.model, OpenEvseModel)
    house.model.hardware_limit = 16
    await house.until(lambda: house.errors == [8])
    (error,) = house.core.parts.charging.errors()
    assert error.cause == "the board is built for 16 A, the outlet for 32 A"
    house.model.hardware_limit = 32
    await house.until(lambda: house.errors == [])


async def test_the_firmware_is_shown_and_nothing_is_simulated(house: House) -> None:
    station = await log_in(house.core)
    hardware = await station.hardware()
    assert not hardware.simulated_board
    assert hardware.versions[0].board in {"EVSE-WB 17", f"OpenEVSE {FIRMWARE}"}
    with pytest.raises(NotAllowed):
        await station.sim_plug(1, Vehicle())


async def test_a_demonstration_has_no_vehicles_for_real_boards(tmp_path: Path) -> None:
    profile = tmp_path / "station.toml"
    text = PROFILE.format(driver="evse_modbus", device="/dev/nothing-here", cable="attached", phases=1)
    profile.write_text(text)
    for name, comes in (("parking-1", True), (str(profile), False)):
        folder = tmp_path / Path(name).stem
        async with running_station(name, folder, clock=SystemClock(), demo=True, ticking=True) as core:
            names = {task.get_name() for task in asyncio.all_tasks()}
            assert ("demonstration" in names) == comes
            if not comes:
                assert [error.number for error in core.parts.charging.errors()] == [3]
