"""The guide's table of sub-tabs, cell by cell."""

from __future__ import annotations

import pytest

from core.settings.catalogue import CATALOGUE
from core.settings.sub_tabs import SUB_TABS, TAB_TITLES, visible_sub_tabs
from tests.core.settings.stations import station

CELLS = [
    ("configuration", "general", True, True),
    ("configuration", "network", True, False),
    ("configuration", "wifi", True, True),
    ("configuration", "supervision", True, False),
    ("configuration", "time", True, True),
    ("energy", "advanced", True, False),
    ("energy", "sockets", True, False),
    ("energy", "meters", True, False),
    ("authentication", "badges", True, True),
    ("records", "records", True, True),
    ("records", "publication", True, True),
    ("maintenance", "status", True, True),
    ("maintenance", "report", True, True),
    ("maintenance", "control", True, True),
    ("maintenance", "passwords", True, True),
    ("maintenance", "firmware", True, False),
]
"""Tab, sub-tab, whether the administrator sees it, whether the user does."""

MISSING = {
    "parking-2": {"wifi"},
    "parking-1": {"wifi"},
    "city-2": {"wifi"},
    "wallbox-rfid": {"wifi"},
    "wallbox-key": {"badges"},
}
"""Sub-tabs that the hardware takes away."""


@pytest.mark.parametrize("name", sorted(MISSING))
@pytest.mark.parametrize(("tab", "sub_tab", "admin", "user"), CELLS)
def test_a_sub_tab_is_seen_by_whom_the_guide_says(
    name: str, tab: str, sub_tab: str, admin: bool, user: bool
) -> None:
    for account, sees in (("admin", admin), ("local", admin), ("user", user), ("nobody", False)):
        visible = {(each.tab, each.sub_tab) for each in visible_sub_tabs(account, station(name))}
        assert ((tab, sub_tab) in visible) == (sees and sub_tab not in MISSING[name])


def test_the_sub_tabs_stand_in_the_order_of_the_guide() -> None:
    assert [(each.tab, each.sub_tab) for each in SUB_TABS] == [(tab, sub_tab) for tab, sub_tab, *_ in CELLS]
    assert list(dict.fromkeys(each.tab for each in SUB_TABS)) == list(TAB_TITLES)


def test_every_setting_has_a_sub_tab() -> None:
    there = {(each.tab, each.sub_tab) for each in SUB_TABS}
    assert {(setting.tab, setting.sub_tab) for setting in CATALOGUE} <= there
