"""Which account sees which sub-tab on which station: the guide's table, cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from screens.tabs import TABS, tabs_for
from tests.screens.sitting import sitting
from tests.stations import running_station

BOTH = {"admin", "user"}
GUIDE = {
    "configuration/general": BOTH,
    "configuration/network": {"admin"},
    "configuration/wifi": BOTH,
    "configuration/supervision": {"admin"},
    "configuration/time": BOTH,
    "energy/advanced": {"admin"},
    "energy/sockets": {"admin"},
    "energy/meters": {"admin"},
    "authentication/badges": BOTH,
    "records/records": BOTH,
    "records/publication": BOTH,
    "maintenance/status": BOTH,
    "maintenance/report": BOTH,
    "maintenance/control": BOTH,
    "maintenance/passwords": BOTH,
    "maintenance/firmware": {"admin"},
}
ABSENT = {
    "parking-2": {"configuration/wifi"},
    "wallbox-rfid": {"configuration/wifi"},
    "wallbox-key": {"authentication/badges"},
}


def test_every_sub_tab_of_the_guide_is_there() -> None:
    assert {f"{tab.name}/{sub.name}" for tab in TABS for sub in tab.sub_tabs} == set(GUIDE)


@pytest.mark.parametrize("account", ["admin", "user"])
@pytest.mark.parametrize("profile", sorted(ABSENT))
async def test_an_account_sees_the_sub_tabs_of_the_guide(profile: str, account: str, tmp_path: Path) -> None:
    async with running_station(profile, tmp_path) as core, sitting(core, account) as seat:
        shown = tabs_for(seat.app.visit.hardware, account)
        seen = {f"{tab.name}/{sub.name}" for tab in shown for sub in tab.sub_tabs}
        wanted = {name for name, accounts in GUIDE.items() if account in accounts}
        assert seen == wanted - ABSENT[profile]
        for tab in TABS:
            assert (f"{tab.number} {tab.label}" in seat.lines[1]) == any(
                name.startswith(f"{tab.name}/") for name in seen
            )


async def test_the_digit_of_a_hidden_tab_does_nothing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        await seat.press("2")
        assert "[1 Config]" in seat.text


async def test_a_page_that_is_left_before_it_is_drawn_is_left_in_peace(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        for tab in tabs_for(seat.app.visit.hardware, "admin"):
            for sub_tab in tab.sub_tabs:
                await seat.app.frame.open(tab.name, sub_tab.name)
                page = seat.app.frame.page
                assert page is not None
                page.post_message(events.Resize(Size(70, 20), Size(70, 20)))
                page.call_after_refresh(page.refresh_now)
                page.post_message(events.Resize(Size(70, 21), Size(70, 21)))
        await seat.settle()
        assert seat.app.frame.page is not None
        assert seat.app.frame.page.sub_tab == "firmware"
