"""A terminal program with a status line leaves 23 rows: everything fits and works."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region

from screens.dialog import Dialog
from screens.lines import Lines
from screens.tabs import TABS
from screens.texts import _
from tests.screens.scenes import charging_station
from tests.screens.sitting import Sitting, sitting
from tests.stations import running_station

SIZE = (80, 23)
PLACES = {tab.name: [sub_tab.name for sub_tab in tab.sub_tabs if sub_tab.name != "wifi"] for tab in TABS}


def is_whole(seat: Sitting) -> bool:
    """Whether the keys stand on the last line and nothing is wider than the terminal."""
    page = seat.app.frame.page
    assert page is not None
    return seat.lines[-1].strip() == _(page.hints) and all(len(line) == 80 for line in seat.lines)


@pytest.mark.parametrize("tab", PLACES)
async def test_every_page_fits_and_its_focus_is_in_view(tab: str, tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charging_station(core)
        async with sitting(core, size=SIZE) as seat:
            for sub_tab in PLACES[tab]:
                seat.app.open_page(tab, sub_tab)
                await seat.settle()
                assert is_whole(seat), sub_tab
                for step in range(12):
                    await seat.press("tab")
                    focused = seat.app.focused
                    assert focused is not None, (sub_tab, step)
                    if not isinstance(focused, Lines):
                        assert Region(0, 0, *SIZE).contains_region(focused.region), (sub_tab, step)
                assert is_whole(seat), sub_tab


async def test_an_edit_is_refused_mended_and_saved(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, size=SIZE) as seat:
        seat.app.open_page("energy", "sockets", key="socket.2.derated_current")
        await seat.settle()
        await seat.press("ctrl+u")
        await seat.type("99")
        assert "! Outside the range 0..32 A." in seat.text
        assert "1 UNSAVED, 1 refused" in seat.text
        await seat.press("ctrl+o")
        assert "Not saved: Socket-outlet 2" in seat.text
        assert is_whole(seat)
        await seat.press("ctrl+u")
        await seat.type("16")
        await seat.press("ctrl+o")
        assert "1 change saved." in seat.text
        assert is_whole(seat)


async def test_dialogs_fit(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, size=SIZE) as seat:
        for keys in (("question_mark",), ("slash",), ("escape", "escape")):
            await seat.press(*keys)
            box = seat.app.screen.query_one(".box")
            assert Region(0, 0, *SIZE).contains_region(box.region), keys
            await seat.press("escape")
            assert len(seat.app.screen_stack) == 1, keys


async def test_the_log_in_and_the_first_password_fit(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, None, size=SIZE) as seat:
        assert "Enter Log in" in seat.lines[-1]
        await seat.type("admin")
        await seat.press("tab")
        await seat.type("ADMIN")
        await seat.press("enter")
        assert "Set a new password for admin" in seat.text
        assert "[ Set password ]" in seat.text
        assert "before anything" in seat.text
        assert "else; write the new one down" in seat.text
        assert not isinstance(seat.app.screen, Dialog)
