"""Every error of the guide: made by its real cause, seen on Live status and in JSON, and seen to go.

One station after the other works through its rows of the table, with somebody at its screen.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from core.api import Station, Vehicle
from core.authenticating import BUILDING_SECONDS
from core.bms.life import LIFE_SECONDS
from core.faults import FAULTS
from core.station import StationCore
from core.values.error_records import ErrorQuery
from core.values.setting import Value
from screens.lines import Lines
from screens.status_page import StatusPage
from tests.core.bms.building import LOOPBACK, Building
from tests.core.ocpp.supervised import advance, come_back, set_up, until
from tests.core.timekeeping.keeping_time import BY_SERVER, station_with
from tests.core.timekeeping.keeping_time import until as until_clock
from tests.dialogues.in_process import answer
from tests.peers.time_server import TimeServer
from tests.screens.sitting import Sitting, sitting
from tests.stations import log_in, running_station

PARKING: Mapping[str, Value] = {
    "general.authentication_location": "disable",
    "energy.load_balancing": "no",
    "energy.external_control": "yes",
    "meter.1.metering": "iem_3x5x",
    "socket.2.input_1": "protection_devices",
}
UNFINISHED: Mapping[str, Value] = {
    "publication.smtp.authentication": "yes",
    "publication.smtp.username": "station",
    "publication.smtp.password": "Canary-0451",
}


class Scene:
    """A station with somebody at its screen, and what can be done to it."""

    def __init__(self, core: StationCore, local: Station, seat: Sitting) -> None:
        self.core = core
        self.local = local
        self.seat = seat
        self.lines: list[str] = []

    @property
    def words(self) -> str:
        """What Live status showed last, its lines in one."""
        return " ".join(" ".join(self.lines).split())

    async def wait(self, seconds: float) -> None:
        clock = self.core.parts.clock
        await self.local.sim_advance(clock.now() + timedelta(seconds=seconds))

    async def fault(self, name: str, on: bool, point: int = 1) -> None:
        await self.local.sim_fault(point, name, on=on)
        for _turn in range(5):  # The tasks of reader and modem hear of it.
            await asyncio.sleep(0)

    async def plug(self, vehicle: Vehicle | None = None) -> None:
        await self.local.sim_plug(1, vehicle or Vehicle())
        await self.wait(5)

    async def unplug(self) -> None:
        await self.local.sim_unplug(1)
        await self.wait(5)

    async def shows(self) -> set[int]:
        """The numbers on the screen and in JSON, which are the same."""
        await self.core.tick()
        visit, page = self.seat.app.visit, self.seat.app.frame.page
        await visit.read_status()
        assert isinstance(page, StatusPage)
        page.show_status(visit.status)
        self.lines = [line.plain for line in page.query_one(Lines).lines]
        words = self.words
        told = (await answer(self.local, "status --json")).json["errors"]
        numbers = {error["number"] for error in told}
        assert {number for number in FAULTS if f"Err #{number} " in words} == numbers
        for error in told:
            head = next(line for line in self.lines if f"Err #{error['number']} " in line)
            assert "KO since" in head
            assert FAULTS[error["number"]].name.split()[-1] in words
        return numbers


Deed = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """How an error begins and ends; `point` None: it is one of the whole station. `found`: its cause."""

    number: int
    begins: Deed
    ends: Deed
    point: int | None = 1
    found: str = ""


def fault(number: int, name: str, *, found: str = "", point: int | None = 1) -> Row:
    """An error that a fault of the simulated hardware causes by itself."""
    return Row(
        number=number,
        begins=lambda scene: scene.fault(name, True),
        ends=lambda scene: scene.fault(name, False),
        found=found,
        point=point,
    )


def in_charge(number: int, name: str, *, found: str, seconds: float = 0.0) -> Row:
    """An error that takes a vehicle in charge; it ends when that is gone."""

    async def begins(scene: Scene) -> None:
        await scene.plug()
        await scene.fault(name, True)
        await scene.wait(seconds)

    async def ends(scene: Scene) -> None:
        await scene.fault(name, False)
        await scene.unplug()

    return Row(number=number, begins=begins, ends=ends, found=found)


async def import_without_its_secret(scene: Scene) -> None:
    """The file of a station that sends its records with a password, which no file holds."""
    await scene.local.change_settings(UNFINISHED)
    file = await scene.local.export_config()
    await scene.local.change_settings(
        {"publication.smtp.authentication": "no", "publication.smtp.password": ""}
    )
    await scene.local.import_config(file)


async def enter_the_secret(scene: Scene) -> None:
    await scene.local.change_settings({"publication.smtp.password": "Canary-0452"})


async def leave_the_cable(scene: Scene) -> None:
    await scene.plug()
    await scene.fault("cable_left", True)
    await scene.local.sim_unplug(1)
    await scene.wait(31)


async def charge_on_other_phases(scene: Scene) -> None:
    await scene.fault("meter_phases", True)
    await scene.plug(Vehicle(phases=1, demand=16))
    await scene.wait(31)


async def charge_on_the_right_phases(scene: Scene) -> None:
    await scene.fault("meter_phases", False)
    await scene.wait(31)
    await scene.unplug()


async def lose_the_energy_manager(scene: Scene) -> None:
    house = Building(scene.core)
    assert await house.write(932, 1) == 0
    house.leave()
    await scene.wait(LIFE_SECONDS + 1)


async def hear_the_energy_manager(scene: Scene) -> None:
    house = Building(scene.core)
    assert await house.write(932, 1) == 0
    await scene.core.tick()
    assert (await scene.local.status()).errors == ()
    assert await house.write(932, 2) == 0
    house.leave()


async def wait_for_who_authorises(scene: Scene) -> None:
    await scene.local.change_settings({"general.authentication_location": "remote"})
    await scene.core.tick()
    await scene.wait(BUILDING_SECONDS)


async def connect_who_authorises(scene: Scene) -> None:
    house = Building(scene.core)
    await house.client()
    await scene.core.tick()
    assert (await scene.local.status()).errors == ()
    await scene.local.change_settings({"general.authentication_location": "disable"})
    house.leave()


async def ask_for_ventilation(scene: Scene) -> None:
    await scene.plug(Vehicle(ventilation=True))


async def vanish(scene: Scene) -> None:
    await scene.plug()
    await scene.fault("ev_vanishes", True)


async def trip(scene: Scene) -> None:
    await scene.local.sim_input(2, "input_1", closed=False)


async def close_again(scene: Scene) -> None:
    await scene.local.sim_input(2, "input_1", closed=True)


ON_A_PARKING_STATION = (
    fault(1, "reader", point=None, found="it was pulled out"),
    fault(3, "board_silent", found="it is simulated, with the fault board_silent"),
    fault(4, "lock", found="the plug is locked, and the station wants it otherwise"),
    fault(5, "contactor", found="the contactor is closed, and the station wants it otherwise"),
    fault(6, "surge_arrestor"),
    fault(7, "anti_intrusion", found="the contact of the cover is open"),
    fault(8, "board_rating", found="the board is built for 16 A, the outlet for 32 A"),
    Row(
        number=9,
        begins=import_without_its_secret,
        ends=enter_the_secret,
        point=None,
        found="Password: is needed while Authentication required is on",
    ),
    Row(number=11, begins=trip, ends=close_again, point=2, found="input_1 is open"),
    fault(12, "meter_silent", found="it is simulated, with the fault meter_silent"),
    Row(
        number=13,
        begins=wait_for_who_authorises,
        ends=connect_who_authorises,
        point=None,
        found="no system that authorises charging is connected over Modbus",
    ),
    Row(
        number=14,
        begins=leave_the_cable,
        ends=lambda scene: scene.fault("cable_left", False),
        found="the cable was left for 30 s after its vehicle had gone",
    ),
    Row(
        number=15,
        begins=charge_on_other_phases,
        ends=charge_on_the_right_phases,
        found="the meter sees current on L2, by the settings it flows on L1",
    ),
    Row(
        number=16,
        begins=lose_the_energy_manager,
        ends=hear_the_energy_manager,
        point=None,
        found="no life bit for charge point 1 for 60 s",
    ),
    in_charge(17, "pilot", found="the pilot does not fall to -12 V: the vehicle's diode is missing"),
    in_charge(18, "plug_presence", found="5000 Ohm stand for no cable"),
    Row(
        number=19,
        begins=vanish,
        ends=lambda scene: scene.fault("ev_vanishes", False),
        found="the vehicle went while current flowed",
    ),
    in_charge(20, "short_circuit", found="0 V on the pilot"),
    in_charge(21, "overload", seconds=30, found="41.6 A drawn, 32 A offered"),
    Row(
        number=22,
        begins=ask_for_ventilation,
        ends=Scene.unplug,
        found="3 V on the pilot, and the station stands indoors",
    ),
)
ON_A_CITY_STATION = (
    fault(10, "flap_sensor"),
    fault(24, "modem", point=None, found="it is simulated, with the fault modem"),
)
CALL, RESULT = 2, 3
ACCEPTED = {"status": "Accepted", "currentTime": "2026-03-02T12:00:00Z", "interval": 300}
SUPERVISED: Mapping[str, Value] = {
    "general.station_type": "supervised",
    "general.authentication_location": "disable",
    "supervision.protocol": "ocpp16j",
    "supervision.identity": "CS-01",
    "supervision.reconnect_interval": 1,
    "supervision.message_timeout": 30,
}
BY_A_TIME_SERVER = (31,)
BY_THE_SUPERVISION = (30,)


def test_every_error_of_the_guide_has_its_row() -> None:
    rows = [row.number for row in (*ON_A_PARKING_STATION, *ON_A_CITY_STATION)]
    assert sorted((*rows, *BY_A_TIME_SERVER, *BY_THE_SUPERVISION)) == list(FAULTS)


@asynccontextmanager
async def scene(profile: str, folder: Path, settings: Mapping[str, Value]) -> AsyncIterator[Scene]:
    """A station that was started with these settings, Live status on its screen."""
    if settings:
        async with running_station(profile, folder) as core:
            await (await log_in(core, "local")).change_settings(settings)
    async with running_station(profile, folder, bms=LOOPBACK) as core:
        local = await log_in(core, "local")
        await core.tick()
        async with sitting(core) as seat:
            await seat.press("5")
            yield Scene(core, local, seat)


async def comes_and_goes(at: Scene, row: Row) -> None:
    await row.begins(at)
    assert await at.shows() == {row.number}, f"Err #{row.number} did not come alone"
    told = (await at.local.status()).errors
    assert {(error.point, error.cause) for error in told} == {(row.point, row.found)}
    assert row.found in at.words
    assert FAULTS[row.number].advice in at.words
    await row.ends(at)
    assert await at.shows() == set(), f"Err #{row.number} did not go"


@pytest.mark.parametrize(
    ("profile", "settings", "rows"),
    [
        pytest.param("parking-2", PARKING, ON_A_PARKING_STATION, id="parking"),
        pytest.param("city-2", {}, ON_A_CITY_STATION, id="city"),
    ],
)
async def test_an_error_comes_with_its_cause_and_goes_with_it(
    profile: str, settings: Mapping[str, Value], rows: tuple[Row, ...], tmp_path: Path
) -> None:
    async with scene(profile, tmp_path, settings) as at:
        if profile == "parking-2":
            await at.local.sim_input(2, "input_1", closed=True)
        for row in rows:
            await comes_and_goes(at, row)
        past = await at.local.error_history(ErrorQuery())
        assert {record.error for record in past} == {row.number for row in rows}
        assert all(record.ended == "cause_gone" for record in past)


async def test_a_time_server_that_is_silent_is_an_error_until_it_answers(tmp_path: Path) -> None:
    with TimeServer() as server:
        server.answers = False
        async with station_with(tmp_path, server.port) as core:
            local = await log_in(core, "local")
            await local.change_settings(BY_SERVER)
            async with sitting(core) as seat:
                await seat.press("5")
                at = Scene(core, local, seat)
                await until_clock(core, lambda now: now.state == "failing")
                assert await at.shows() == {31}
                (error,) = (await local.status()).errors
                assert error.cause.startswith("time.example.org: ")
                server.answers = True
                await at.wait(60)
                await until_clock(core, lambda now: now.state == "synchronised")
                assert await at.shows() == set()


async def accept_everything(line: ServerConnection) -> None:
    """A central system that agrees with whatever the station says."""
    async for message in line:
        kind, number, action, *_rest = json.loads(message)
        if kind == CALL:
            answer = ACCEPTED if action == "BootNotification" else {}
            await line.send(json.dumps([RESULT, number, answer]))


async def test_a_supervision_that_is_lost_is_an_error_until_it_is_back(tmp_path: Path) -> None:
    serving = partial(serve, accept_everything, "127.0.0.1", subprotocols=[Subprotocol("ocpp1.6")])
    async with running_station("parking-2", tmp_path) as core:
        async with serving(0) as first:
            port = first.sockets[0].getsockname()[1]
            await set_up(core, {**SUPERVISED, "supervision.primary_url": f"ws://127.0.0.1:{port}"})
            await until(core, lambda status: status.state == "connected")
            await core.tick()
            local = await log_in(core, "local")
            assert (await local.status()).errors == ()
        await until(core, lambda status: status.state != "connected")
        await advance(core, 30)
        await advance(core, 31)
        async with sitting(core) as seat:
            await seat.press("5")
            at = Scene(core, local, seat)
            assert await at.shows() == {30}
            assert "Enter opens Config / Supervision." in at.words
            async with serving(port):
                await come_back(core)
                await core.tick()
                assert await at.shows() == set()
