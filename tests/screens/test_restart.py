"""The station goes away and comes back: restart, lost link, resumed session."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.api import Entrance, Station, Vehicle
from core.clock import SimulatedClock
from core.errors import TryLater
from core.events import StationRestarting
from core.profile import load_profile
from core.station import StationCore
from screens.away import Away
from screens.frame import Frame
from screens.listening import Announced
from tests.screens.sitting import Sitting, sitting
from tests.stations import NOON, cheap_keeper, log_in, running_station


class Machine:
    """A station that can be restarted on its data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_up = False
        self.core: StationCore

    async def start(self) -> None:
        self.core = await StationCore.start(
            load_profile("parking-2"),
            self.folder,
            clock=SimulatedClock(start=NOON, speed=0),
            ticking=False,
            keeper=cheap_keeper(),
        )
        self.is_up = True

    async def reconnect(self) -> Entrance:
        if not self.is_up:
            raise TryLater("The station cannot be reached now.")
        return self.core.entrance()

    async def restart_under(self, seat: Sitting) -> None:
        """Restart the station while somebody looks at it, and let their screen try again."""
        self.is_up = False
        seat.app.post_message(Announced(StationRestarting(by="user")))
        await seat.settle()
        await self.core.stop()
        await seat.settle()
        assert "The station restarts, asked for by user." in seat.text
        await self.start()
        await come_back(seat)


@asynccontextmanager
async def machine(folder: Path) -> AsyncIterator[Machine]:
    it = Machine(folder)
    await it.start()
    try:
        yield it
    finally:
        if it.is_up:
            await it.core.stop()


async def come_back(seat: Sitting) -> None:
    """Let the screen try again, without waiting for its second."""
    away = seat.app.screen
    assert isinstance(away, Away)
    away.second_passed()
    await seat.settle()


async def test_a_restart_is_confirmed_and_says_which_charge_it_ends(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("maintenance", "control")
        await seat.settle()
        await seat.press("enter")
        assert "Restart the station?" in seat.text
        assert "[>No<]" in seat.text
        await seat.press("n")
        assert isinstance(seat.app.screen, Frame)


async def test_the_screen_comes_back_to_the_same_page_after_a_restart(tmp_path: Path) -> None:
    async with machine(tmp_path) as station, sitting(station.core, reconnect=station.reconnect) as seat:
        seat.app.open_page("energy", "meters")
        await seat.settle()
        await station.restart_under(seat)
        assert "The station is back" in seat.text
        assert "Meters]" in seat.text


async def test_what_a_restart_brought_into_force_is_named(tmp_path: Path) -> None:
    async with machine(tmp_path) as station, sitting(station.core, reconnect=station.reconnect) as seat:
        await seat.app.visit.station.change_settings({"network.mac_address": "02:00:5E:10:00:01"})
        await seat.app.visit.read_settings()
        await station.restart_under(seat)
        assert "Now followed: MAC address" in seat.text


async def test_unsaved_edits_outlive_the_restart(tmp_path: Path) -> None:
    async with machine(tmp_path) as station, sitting(station.core, reconnect=station.reconnect) as seat:
        await seat.press("space")
        assert "1 UNSAVED CHANGE" in seat.text
        await station.restart_under(seat)
        assert "1 UNSAVED CHANGE" in seat.text


async def test_a_session_that_cannot_be_resumed_ends_at_the_log_in(tmp_path: Path) -> None:
    async with machine(tmp_path) as station, sitting(station.core, reconnect=station.reconnect) as seat:
        seat.app.visit.resume_token = "stale"
        await station.restart_under(seat)
        assert "Your session has ended. Log in again." in seat.text
        assert not seat.app.attached


async def test_a_lost_link_says_so(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.app.attempt(_lost())
        await seat.settle()
        assert "cannot be reached" in seat.text
        assert isinstance(seat.app.screen, Away)


async def test_an_app_that_waits_for_somebody_shows_nothing_and_then_the_station(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station: Station = await log_in(core, "admin", kind="serial")
        async with sitting(core, None, entrance=core.entrance()) as seat:
            seat.app.attach(core.entrance(), station, origin=seat.app.origin, terminal=seat.app.terminal)
            await seat.settle()
            assert "[1 Config]" in seat.text


async def _lost() -> None:
    raise TryLater("The station cannot be reached now.")


async def charge(core: StationCore, point: int = 1) -> None:
    local = await log_in(core, "local")
    await local.sim_plug(point, Vehicle())
    await local.sim_badge(f"04A1B2{point:02}", point)


async def test_a_restart_that_waits_for_the_end_of_a_charge_shows_and_can_be_taken_back(
    tmp_path: Path,
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await charge(core)
        seat.app.open_page("maintenance", "control")
        await seat.settle()
        await seat.press("enter")
        assert "A charge is open at plug 1." in seat.text
        assert "[>No<]" in seat.text
        await seat.press("right", "enter")
        assert "Waits until no charge is open." in seat.text
        assert "CS-01 restart waits" in seat.lines[0]
        assert "(plug 1): Restart, asked for at 12:00" in seat.text
        await seat.press("shift+tab", "enter")
        assert "Taken back" in seat.text
        assert "CS-01 Operational" in seat.lines[0]


async def test_the_choice_now_restarts_although_a_car_charges(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        await charge(core, 2)
        seat.app.open_page("maintenance", "control")
        await seat.settle()
        await seat.press("enter", "right", "right", "enter")
        assert await core.ended() == "restart"


async def test_a_car_that_comes_while_the_question_stands_makes_it_a_choice(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("maintenance", "control")
        await seat.settle()
        await seat.press("enter")
        assert "charge is open" not in seat.text
        await charge(core)
        await seat.press("y")
        assert "A charge is open at plug 1." in seat.text
        await seat.press("escape")
        assert not core.parts.ending.is_restarting
