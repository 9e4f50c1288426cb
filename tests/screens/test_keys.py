"""The keys: none that terminal programs take for themselves, all that the help names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.sitting import sitting
from tests.stations import running_station

NEVER = ("ctrl+s", "ctrl+q", "ctrl+a", "ctrl+b", "ctrl+right_square_bracket", "ctrl+backslash", "ctrl+z")


async def test_no_key_of_a_terminal_program_is_bound_anywhere(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        for page in (("configuration", "network"), ("maintenance", "status"), ("records", "records")):
            seat.app.open_page(*page)
            await seat.settle()
            widgets = [seat.app, seat.app.screen, *seat.app.screen.query("*")]
            bound = {key for widget in widgets for key in widget._bindings.key_to_bindings}
            assert not bound & set(NEVER)
            assert not {key for key in bound if "alt" in key}


@pytest.mark.parametrize(("key", "shown"), [("ctrl+g", "Help"), ("f1", "Help"), ("f3", "Find a setting")])
async def test_function_keys_have_another_way(key: str, shown: str, tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press(key)
        assert shown in seat.text


async def test_ctrl_n_and_ctrl_p_go_through_the_fields(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("ctrl+n")
        assert seat.line_with("Authentication done by").startswith(">")
        await seat.press("ctrl+p")
        assert seat.line_with("Station type").startswith(">")


async def test_brackets_go_through_the_sub_tabs_and_round(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("left_square_bracket")
        assert "[Date and time]" in seat.text
        await seat.press("right_square_bracket")
        assert "[General]" in seat.text


async def test_the_arrows_and_enter_work_the_tab_bar(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("escape", "right", "right", "right", "enter")
        assert "[4 Records]" in seat.text
