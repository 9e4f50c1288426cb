"""Meters: what is measured beside the settings, where they lead, and looking for a meter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from core.api import Station, Vehicle
from core.station import StationCore
from screens.meter_ranges import NotARange, number_range, parities_of, speeds_of
from tests.screens.sitting import Sitting, sitting
from tests.screens.test_sockets import typed
from tests.stations import NOON, log_in, running_station

METERED: Mapping[str, str | int] = {
    "general.authentication_location": "disable",
    "meter.1.metering": "iem_3x5x",
    "meter.1.rtu_address": 2,
}
MOST_LOOKS = 400


async def metered(core: StationCore) -> Station:
    """Charge at plug 1, with a meter there."""
    local = await log_in(core, "local")
    await local.change_settings(METERED)
    await local.sim_plug(1, Vehicle(phases=3, demand=16.0))
    await local.sim_advance(NOON + timedelta(minutes=30))
    return local


async def open_page(seat: Sitting, key: str = "") -> None:
    seat.app.open_page("energy", "meters", key=key)
    await seat.settle()


async def until(seat: Sitting, words: str) -> None:
    """Look again and again until these words are on the screen."""
    for _look in range(MOST_LOOKS):
        await seat.pilot.pause(0.02)
        if words in seat.text:
            return
    raise AssertionError(f"never {words!r} in\n{seat.text}")


async def test_what_a_meter_measures_stands_above_its_settings(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await metered(core)
        async with sitting(core) as seat:
            await open_page(seat)
            assert "Now: 230.0 230.0 230.0 V  16.0 16.0 16.0 A  10.82 kW" in seat.text
            assert "IEM_3x5x answered 12:30:00: 1239.976 kWh, serial number" in seat.text
            assert "asks a simulated meter, unit 2" in seat.text


async def test_a_silent_meter_is_told_above_and_at_the_settings_that_matter(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await metered(core)
        async with sitting(core, size=(80, 40)) as seat:
            await open_page(seat, "meter.1.rtu_address")
            await local.sim_fault(1, "meter_silent", on=True)
            await local.sim_advance(NOON + timedelta(minutes=31))
            seat.app.pulse()
            await seat.settle()
            assert "IEM_3x5x does not answer, last answer 12:30:00" in seat.text
            assert "! Err #12:" in seat.text
            assert "Check its wiring" in seat.text.split("! Err #12:")[1].split("Energy metering")[0]
            assert "! no answer" in seat.line_with("Power meter communication")
            assert "! no answer" in seat.line_with("Power meter RTU address")
            await typed(seat, "3")
            assert "! no answer" not in seat.text
            assert "not asked before it is saved" in seat.text
            assert "asks a simulated meter, unit 3" in seat.text


async def test_a_meter_on_the_network_shows_the_address_it_comes_to(tmp_path: Path) -> None:
    shipped = (Path(__file__).parents[2] / "core" / "profiles" / "parking-2.toml").read_text("utf-8")
    profile = tmp_path / "station.toml"
    profile.write_text(f'{shipped}\n[meter]\ndriver = "iem_3x5x"\n', "utf-8")
    async with running_station(str(profile), tmp_path) as core, sitting(core, size=(80, 40)) as seat:
        await open_page(seat, "meter.2.metering")
        await seat.press("space")
        await open_page(seat, "meter.2.gateway_address")
        await typed(seat, "131")
        assert "asks 192.168.0.131 port 502, unit 30" in seat.text


async def test_a_meter_is_looked_for_and_filled_in_unsaved(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await open_page(seat, "meter.2.metering")
        await seat.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "enter")
        assert "Find meter" in seat.text
        assert "[1-32" in seat.text
        await seat.press("enter")
        await until(seat, "The search is over.")
        assert "32 of 32 places asked, 1 meter found" in seat.text
        assert "230 230 230 V" in seat.line_with("address 30  simulated")
        await seat.press("enter")
        await until(seat, "Filled in: address 30.")
        await seat.settle()
        assert ">" in seat.line_with("Power meter RTU address")
        assert "not asked before it is saved" in seat.line_with("Power meter RTU address")
        assert seat.app.visit.edits.changes() == {"meter.1.metering": "iem_3x5x"}
        assert core.parts.settings.text("meter.1.metering") == "internal_ct"
        await seat.press("ctrl+o")
        assert core.parts.settings.text("meter.1.metering") == "iem_3x5x"


async def test_a_search_can_be_cancelled_at_any_moment(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await open_page(seat)
        seat.app.query_one("MetersPage").find_meter()  # type: ignore[attr-defined]
        await seat.settle()
        await seat.press("enter")
        await until(seat, "places asked")
        await seat.press("escape")
        await seat.settle()
        search = core.parts.meter_finding.state()
        assert search is not None
        assert (search.running, search.ended) == (False, "stopped")
        assert not len(seat.app.visit.edits)
        assert "[Meters]" in seat.text


async def test_a_wrong_range_is_refused_in_its_words(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await open_page(seat)
        seat.app.query_one("MetersPage").find_meter()  # type: ignore[attr-defined]
        await seat.settle()
        await seat.press("shift+tab", "ctrl+u")
        await seat.type("0-300")
        await seat.press("enter")
        assert "Modbus addresses: a number or a range of 1 to 255." in seat.text
        await seat.press("escape")
        assert core.parts.meter_finding.state() is None


def test_ranges_as_they_are_typed() -> None:
    assert number_range("A", " 7 ", (1, 9)) == (7, 7)
    assert number_range("A", "1 - 9", (1, 9)) == (1, 9)
    assert number_range("A", " ", (1, 9)) == (0, 0)
    assert speeds_of("19200, 9600") == (19200, 9600)
    assert parities_of("n,e") == ("N", "E")
    assert (speeds_of(""), parities_of("")) == ((), ())


@pytest.mark.parametrize("text", ["0", "10", "9-1", "1-", "-9", "x", "1-2-3", "99999", "1.5", "²"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(NotARange, match="A: a number or a range of 1 to 9"):
        number_range("A", text, (1, 9))


def test_unknown_speeds_and_parities_are_refused() -> None:
    with pytest.raises(NotARange, match="19200"):
        speeds_of("19200,12")
    with pytest.raises(NotARange, match="N, E, O"):
        parities_of("N,X")
