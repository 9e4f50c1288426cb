"""A change of the network that is on trial: counted on every page, kept or taken back by whoever may."""

from __future__ import annotations

from pathlib import Path

from core.api import Origin
from tests.screens.sitting import sitting
from tests.stations import PASSWORDS, log_in, running_station

MOVE = {"network.ip_address": "192.168.0.50"}


async def test_who_logs_in_during_a_trial_is_asked_first_whether_to_keep_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core)).change_network(MOVE)
        async with sitting(core) as seat:
            assert "Keep these network settings?" in seat.text
            assert "192.168.0.102 -> 192.168.0.50" in seat.text
            await seat.press("tab", "enter")
            assert "The network settings are confirmed and saved." in seat.text
            assert "ON TRIAL" not in seat.text
        assert core.parts.settings.value("network.ip_address") == "192.168.0.50"


async def test_the_bar_stands_on_every_page_and_takes_back(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.app.visit.station.change_network(MOVE)
        await seat.settle()
        await seat.press("5")
        assert "ON TRIAL: 192.168.0.50, 120 s" in seat.text
        assert "[ More time ]" in seat.text
        seat.app.screen.query_one("TrialBar").query("Button").last().focus()
        await seat.press("enter")
        await seat.settle()
        assert "Taken back: the station answers at 192.168.0.102 again" in seat.text
        assert "ON TRIAL" not in seat.text


async def test_who_may_not_confirm_is_offered_no_button_for_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await log_in(core)
        origin = Origin(kind="ssh", address="::1")
        station = await core.entrance().log_in("admin", PASSWORDS["admin"], origin)
        async with sitting(core, station=station) as seat:
            await station.change_network(MOVE)
            await seat.settle()
            assert "ON TRIAL" in seat.text
            assert "[ Confirm ]" not in seat.text
            assert "[ Revert now ]" in seat.text


async def test_saving_says_at_once_where_to_log_in_and_until_when(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("configuration", "network")
        await seat.settle()
        await seat.press("escape", "question_mark")
        assert "Nothing changes before Save" in seat.text
        await seat.press("escape")
        seat.app.open_page("configuration", "network", key="network.ip_address")
        await seat.settle()
        await seat.press("ctrl+u")
        await seat.type("192.168.0.50")
        await seat.press("ctrl+o")
        await seat.settle()
        assert "changes in force on trial. Confirm within 120 s, here or by a log-in at" in seat.text
        assert "on trial: 192.168.0.50" in seat.text
        assert "ON TRIAL: 192.168.0.50, 120 s" in seat.text
        assert core.parts.settings.value("network.ip_address") == "192.168.0.102"
