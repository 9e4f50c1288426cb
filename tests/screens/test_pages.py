"""A picture of every page, for both accounts, on stations of two families, at 80x24."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from screens.tabs import tabs_for
from tests.screens.pictures import Picture, picture_of
from tests.screens.scenes import charging_station
from tests.screens.sitting import sitting
from tests.stations import running_station


@pytest.mark.parametrize("account", ["admin", "user"])
@pytest.mark.parametrize("profile", ["parking-2", "wallbox-rfid", "wallbox-key"])
async def test_every_page_looks_as_it_was_approved(
    profile: str, account: str, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    async with running_station(profile, tmp_path) as core:
        await charging_station(core)
        async with sitting(core, account) as seat:
            hardware = seat.app.visit.hardware
            for tab in tabs_for(hardware, account):
                for sub_tab in tab.sub_tabs:
                    seat.app.open_page(tab.name, sub_tab.name)
                    await seat.settle()
                    name = f"{tab.number}-{sub_tab.name}"
                    assert picture_of(seat.app) == snapshot(name=name, extension_class=Picture)
