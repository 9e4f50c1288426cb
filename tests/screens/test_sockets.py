"""Socket-outlets: what set points come to as they are typed, contacts, and what is offered now."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import core as core_package
from core.api import Vehicle
from screens.form import FormPage
from tests.screens.sitting import Sitting, sitting
from tests.stations import NOON, log_in, running_station

PROFILES = Path(core_package.__file__).parent / "profiles"
FREE = {"general.authentication_location": "disable"}


async def at(seat: Sitting, key: str, sub_tab: str = "sockets") -> None:
    seat.app.open_page("energy", sub_tab, key=key)
    await seat.settle()


async def at_rest(seat: Sitting) -> None:
    """Let the pause after the last key pass."""
    page = seat.app.frame.page
    assert isinstance(page, FormPage)
    page.check()
    await seat.settle()


async def typed(seat: Sitting, text: str) -> None:
    await seat.press("ctrl+u")
    await seat.type(text)
    await at_rest(seat)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7", "= 0 A: balancing needs 8 A 1-phase, 14 A 3-phase"),
        ("8", "= 8 A 1-phase, 0 A 3-phase: balancing needs 14 A"),
        ("13", "= 13 A 1-phase, 0 A 3-phase: balancing needs 14 A"),
        ("14", "= 14 A 1-phase, 14 A 3-phase"),
    ],
)
async def test_a_derated_current_says_what_it_comes_to_before_it_is_saved(
    text: str, words: str, tmp_path: Path
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await at(seat, "socket.1.derated_current")
        assert "= 32 A 1-phase, 32 A 3-phase" in seat.text
        await typed(seat, text)
        assert words in seat.text
        assert "1 UNSAVED CHANGE" in seat.text


async def test_what_is_no_number_comes_to_nothing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, size=(80, 50)) as seat:
        await at(seat, "socket.2.derated_current")
        await typed(seat, "1x")
        assert "A whole number is needed" in seat.text
        assert seat.text.count("A 1-phase") == 1


async def test_load_balancing_counts_as_it_is_on_the_form_of_the_other_sub_tab(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await at(seat, "energy.load_balancing", "advanced")
        await seat.press("space")
        await at(seat, "socket.1.derated_current")
        await typed(seat, "7")
        assert "= 7 A " in seat.text
        await typed(seat, "5")
        assert "= 0 A: a car needs 6 A" in seat.text
        seat.app.visit.edits.discard()
        seat.app.edits_changed()
        await at(seat, "socket.1.derated_current")
        await typed(seat, "7")
        assert "= 0 A: balancing needs 8 A" in seat.text


async def test_a_wallbox_always_needs_the_higher_currents(tmp_path: Path) -> None:
    async with running_station("wallbox-rfid", tmp_path) as core, sitting(core) as seat:
        await at(seat, "socket.1.temporary_current_limit")
        await typed(seat, "7")
        assert "= 0 A: a wallbox needs 8 A" in seat.text


def on_one_supply(folder: Path) -> str:
    """A profile of two charge points on 32 A together."""
    shipped = (PROFILES / "parking-2.toml").read_text(encoding="utf-8")
    profile = folder / "station.toml"
    profile.write_text("supply_current = 32\n" + shipped, encoding="utf-8")
    return str(profile)


async def test_what_is_offered_now_and_what_decides_it(tmp_path: Path) -> None:
    async with running_station(on_one_supply(tmp_path), tmp_path) as core:
        local = await log_in(core, "local")
        await local.change_settings({**FREE, "socket.2.derated_current": 20})
        await local.sim_plug(1, Vehicle(phases=3, demand=32.0))
        await local.sim_advance(NOON + timedelta(minutes=2))
        async with sitting(core) as seat:
            await at(seat, "socket.1.derated_current")
            assert "Now: 32 A offered, set by the rated current" in seat.text
            assert "Now: no charge; up to 20 A, set by the derated current" in seat.text
            await local.sim_plug(2, Vehicle(phases=3, demand=32.0))
            await local.sim_advance(NOON + timedelta(minutes=4))
            await seat.press("escape", "ctrl+r")
            assert seat.text.count("Now: 16 A offered, set by the share of the supply") == 2


async def test_a_contact_says_what_it_does_as_it_changes(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        await local.change_settings({**FREE, "socket.1.input_1": "load_shedding"})
        async with sitting(core) as seat:
            await at(seat, "socket.1.input_1_normally_open")
            assert "now open: does not limit" in seat.text
            await local.sim_input(1, "input_1", closed=True)
            seat.app.pulse()
            await seat.settle()
            assert "now closed: limits the current" in seat.text
            await seat.press("space")
            await at_rest(seat)
            assert "now closed: does not limit, once saved" in seat.text


async def test_the_deciding_limit_is_marked_on_live_status(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        await local.change_settings({**FREE, "socket.2.derated_current": 20})
        await local.sim_advance(NOON + timedelta(minutes=2))
        async with sitting(core, size=(80, 50)) as seat:
            await seat.press("5")
            assert "32 A  decides" in seat.line_with("Limit, rated")
            assert "20 A  decides" in seat.line_with("Limit, derated")
            assert seat.text.count("decides") == 2
