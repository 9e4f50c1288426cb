"""Maintenance, Control: factory reset and erasing by screen, and what a session is told afterwards."""

from __future__ import annotations

from pathlib import Path

from screens.away import Away
from tests.screens.sitting import Sitting, sitting
from tests.screens.test_restart import charge, come_back, machine
from tests.stations import log_in, running_station


async def open_control(seat: Sitting) -> None:
    seat.app.open_page("maintenance", "control")
    await seat.settle()


async def test_a_user_restarts_and_does_not_see_what_is_for_the_administrator(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        await open_control(seat)
        assert "[>Restart<]" in seat.text
        assert "Restore" not in seat.text
        assert "Erase" not in seat.text
        await seat.press("slash")
        await seat.type("factory")
        assert "Restore the factory settings" not in seat.text


async def test_the_factory_settings_are_restored_once_the_word_is_typed(tmp_path: Path) -> None:
    async with machine(tmp_path) as station, sitting(station.core, reconnect=station.reconnect) as seat:
        await (await log_in(station.core, "local")).add_badge("AABBCCDD", "user", "")
        await open_control(seat)
        await seat.press("tab", "enter")
        assert "Restore the factory settings?" in seat.text
        await seat.type("restore")
        await seat.press("enter")
        assert "This is not RESTORE. Nothing was done." in seat.text
        assert not station.core.parts.ending.is_restarting
        await seat.press(*["backspace"] * 7)
        await seat.type("RESTORE")
        station.is_up = False
        await seat.press("enter")
        assert isinstance(seat.app.screen, Away)
        assert "The station restores its factory settings, asked for by admin." in seat.text
        await station.core.stop()
        await station.start()
        await come_back(seat)
        assert "Factory settings restored. Log in again." in seat.text


async def test_personal_data_are_erased_when_the_car_has_gone_and_the_session_goes_on(tmp_path: Path) -> None:
    async with machine(tmp_path) as station, sitting(station.core, reconnect=station.reconnect) as seat:
        local = await log_in(station.core, "local")
        await local.add_badge("AABBCCDD", "user", "")
        await charge(station.core)
        await seat.press("slash")
        await seat.type("erase personal")
        await seat.press("enter")
        assert "A charge is open at plug 1." in seat.text
        await seat.press("right", "enter")
        await seat.type("ERASE")
        await seat.press("enter")
        assert "CS-01 erasing waits" in seat.lines[0]
        await local.sim_unplug(1)
        station.is_up = False
        await station.core.tick()
        await seat.settle()
        assert "The station erases badges and records, asked for by admin." in seat.text
        await station.core.stop()
        await station.start()
        await come_back(seat)
        assert "Badges and charge data records are erased." in seat.text
        assert (await seat.app.visit.station.badges()).total == 0


async def test_what_was_not_erased_is_said_to_who_comes_back(tmp_path: Path) -> None:
    async with machine(tmp_path) as station, sitting(station.core, reconnect=station.reconnect) as seat:
        await seat.app.visit.station.erase_personal_data()
        await seat.settle()
        station.is_up = False
        await station.core.stop()
        (tmp_path / "copies" / ".station-0.sqlite.new").mkdir()
        await station.start()
        await come_back(seat)
        assert "Not all that was to go has gone: see the" in seat.text
        (tmp_path / "copies" / ".station-0.sqlite.new").rmdir()


async def test_an_order_that_cannot_be_written_down_is_told_and_nothing_happens(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        (tmp_path / "reset-ordered").mkdir()
        await open_control(seat)
        await seat.press("tab", "tab", "enter")
        await seat.type("ERASE")
        await seat.press("enter")
        assert "Nothing was reset" in seat.text
        assert not core.parts.ending.is_restarting
        (tmp_path / "reset-ordered").rmdir()
