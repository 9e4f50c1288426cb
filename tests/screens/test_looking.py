"""Live status, records, find, help and who else is there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from core.api import Vehicle
from core.events import NetworkChanged, SessionsChanged, SettingsChanged, StatusChanged
from core.faults import FAULTS
from screens.find_field import FindField
from screens.form import FormPage
from screens.listening import Announced
from screens.status_page import StatusPage
from screens.terminal_facts import ASCII_TERMINAL
from tests.screens.scenes import charging_station
from tests.screens.sitting import Sitting, sitting
from tests.stations import NOON, log_in, running_station


async def open_status(seat: Sitting) -> None:
    await seat.press("5")


async def test_errors_come_first_with_what_to_do_about_them(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charging_station(core)
        async with sitting(core) as seat:
            await open_status(seat)
            assert "KO since 12:30" in seat.line_with("Err #6 Surge Arrestor")
            assert "! 1 error on plug 2" in seat.text
            assert seat.text.index("Err #6") < seat.text.index("CPW state")


async def test_what_to_do_about_an_error_is_told_in_full(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        await local.sim_fault(1, "board_silent", on=True)
        async with sitting(core, size=(80, 24)) as seat:
            await open_status(seat)
            assert FAULTS[3].advice in " ".join(seat.text.split())


async def test_all_checks_can_be_shown(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, size=(80, 40)) as seat:
        await open_status(seat)
        assert "All 24 checks are OK." in seat.text
        await seat.press("a")
        assert "OK" in seat.line_with("Err #31")


async def test_a_frozen_status_stays_until_it_is_refreshed_or_resumed(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        local = await log_in(core, "local")
        await open_status(seat)
        assert "[ Freeze ]" in seat.text
        assert "Refresh ]" not in seat.text
        await seat.press("shift+tab", "n")
        assert "CPW state" not in seat.text, "the page is turned from the button too"
        await seat.press("p")
        await seat.press("f")
        await local.sim_plug(1, Vehicle(demand=10.0))
        await local.sim_advance(NOON + timedelta(seconds=30))
        seat.app.pulse()
        await seat.settle()
        assert "Frozen at 12:00:00" in seat.text
        assert "C_Ready" not in seat.text
        await seat.press("ctrl+r")
        assert "Frozen at 12:00:30" in seat.text
        await seat.press("f")
        assert "Live, every 5 s, last 12:00:30" in seat.text


async def test_an_error_leads_to_the_settings_behind_it(tmp_path: Path) -> None:
    async with running_station("wallbox-rfid", tmp_path) as core:
        local = await log_in(core, "local")
        await local.sim_plug(1, Vehicle(ventilation=True))
        await local.sim_badge("3F420F", 1)
        await local.sim_advance(NOON + timedelta(seconds=60))
        async with sitting(core) as seat:
            await open_status(seat)
            assert isinstance(seat.app.frame.page, StatusPage)
            assert "Err #22" in seat.text
            await seat.press("enter")
            assert "[General]" in seat.text


async def test_records_are_read_thirty_at_a_time_as_one_pages_down(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        for number in range(35):
            await local.sim_plug(1, Vehicle(phases=1))
            await local.sim_badge("3F420F", 1)
            await local.sim_advance(NOON + timedelta(minutes=number + 1))
            await local.sim_unplug(1)
        async with sitting(core) as seat:
            await seat.press("4")
            assert "Last 30 of 35 records" in seat.text
            await seat.press("pagedown", "pagedown", "pagedown")
            assert "Last 35 of 35 records" in seat.text
            await seat.press("home", "s")
            await seat.type("17")
            await seat.press("enter")
            assert "of 35 records found" in seat.text
            await seat.press("enter")
            assert "Meter at end" in seat.text


async def test_records_are_found_once_the_keys_rest_while_typing_goes_on(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        for uid in ("3F420F", "E1EB1C02"):
            await local.sim_plug(1, Vehicle(phases=1))
            await local.sim_badge(uid, 1)
            await local.sim_unplug(1)
        async with sitting(core, terminal=replace(ASCII_TERMINAL, rest=0.01)) as seat:
            await seat.press("4", "s")
            await seat.type("e1eb")
            async with asyncio.timeout(10):
                while "1 of 2 records found" not in seat.text:
                    await seat.settle()
            assert isinstance(seat.app.focused, FindField)
            assert "3F420F" not in seat.text


async def test_markup_and_control_characters_from_outside_stay_text(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.tell("[bold]x[/] [@click=app.exit]y[/]")
        await seat.settle()
        assert "[bold]x[/] [@click=app.exit]y[/]" in seat.text


async def test_find_goes_to_the_field_of_a_setting(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("slash")
        await seat.type("derated 2")
        await seat.press("enter")
        assert "Socket-outlet 2" in seat.text
        page = seat.app.frame.page
        assert isinstance(page, FormPage)
        row = page.focused_row()
        assert row is not None
        assert row.view.key == "socket.2.derated_current"


async def test_find_offers_a_user_only_what_a_user_sees(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        await seat.press("slash")
        await seat.type("derated")
        assert "Nothing found." in seat.text


async def test_help_tells_all_of_the_focused_setting(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("question_mark")
        assert "Name for commands: general.station_type" in seat.text
        assert "Factory setting" in seat.text


async def test_digits_are_typed_in_a_field_and_go_to_tabs_elsewhere(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("1", "right_square_bracket", "tab")
        await seat.type("5")
        assert "[1 Config*]" in seat.text
        await seat.press("escape", "5")
        assert "[5 Maintenance]" in seat.text


async def test_who_else_is_on_is_shown(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await log_in(core, "user")
        await seat.settle()
        assert "admin, serial ::1 +1: user" in seat.text
        assert "user, ssh ::1 has logged in." in seat.text


async def test_about_names_version_licence_station_key_and_the_licence_of_every_part(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.app.run_action("about")
        await seat.settle()
        assert "Apache-2.0" in seat.text
        assert "SHA256:test" in seat.text
        assert "asyncssh" not in seat.text
        await seat.press("pagedown")
        assert "asyncssh" in seat.text
        assert "EPL-2.0" in seat.line_with("asyncssh")
        await seat.press("pageup")
        assert "SHA256:test" in seat.text


async def test_news_while_pages_change_waits_for_the_page(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        for tab in seat.app.frame.tabs:
            for sub_tab in tab.sub_tabs:
                opening = asyncio.create_task(seat.app.frame.open(tab.name, sub_tab.name))
                while not opening.done():
                    await asyncio.sleep(0)
                    if seat.app.frame.page is not None:
                        seat.app.frame.page.show_status(seat.app.visit.status)
                await opening
        await seat.settle()
        assert seat.app.frame.page is not None


async def test_news_of_before_the_log_out_disturbs_nobody_at_the_log_in(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.attach(core.entrance(), None, origin=seat.app.origin, terminal=seat.app.terminal)
        await seat.settle()
        assert not seat.app.attached
        for fact in (
            SettingsChanged(keys=("general.station_name",), session=0, account="admin"),
            SessionsChanged(),
            NetworkChanged(),
            StatusChanged(),
        ):
            seat.app.post_message(Announced(fact))
        await seat.settle()
        assert "User name" in seat.text
