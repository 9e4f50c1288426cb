"""Finding a setting or an action by what one remembers of it."""

from __future__ import annotations

from pathlib import Path

from screens.pick_list import Pick, nearest
from tests.screens.sitting import sitting
from tests.stations import running_station

PICKS = (
    Pick(value="help", words="Station location", place="Config / General", more="ventilation of the current"),
    Pick(value="place", words="Subnet mask", place="Config / Current"),
    Pick(value="name", words="Derated current", place="Energy / Sockets"),
)


def test_a_hit_in_the_name_comes_before_one_in_the_place_and_that_before_one_in_the_help() -> None:
    assert [pick.value for pick in nearest(PICKS, "current")] == ["name", "place", "help"]


def test_every_word_must_be_somewhere_in_any_order_and_case() -> None:
    assert [pick.value for pick in nearest(PICKS, "general LOCATION")] == ["help"]
    assert nearest(PICKS, "location nowhere") == ()
    assert nearest(PICKS, "") == PICKS


async def test_a_word_of_the_help_finds_the_setting(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("slash")
        await seat.type("ventilation")
        assert "> Station location   Config / General" in seat.text
        await seat.press("enter")
        assert seat.line_with("Station location").startswith(">")


async def test_the_title_of_a_sub_tab_finds_its_settings(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("slash")
        await seat.type("advanced balancing")
        assert "> Load balancing   Energy / Advanced settings" in seat.text


async def test_the_configuration_is_exported_from_anywhere_by_who_may(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        async with sitting(core) as seat:
            await seat.press("5", "slash")
            await seat.type("export cfg")
            assert "> Export the station configuration (.cfg)" in seat.text
            await seat.press("enter")
            assert "config export" in seat.text
        async with sitting(core, "user") as seat:
            await seat.press("slash")
            await seat.type("cfg")
            assert "station configuration" not in seat.text
