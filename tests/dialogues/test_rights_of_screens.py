"""The guide's two tables on the screens: which sub-tabs each account sees, and what their forms offer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from screens.form import FormPage
from screens.rows import SettingRow
from tests.core.settings.guide import GUIDE, GuideRow, is_there, keys_of
from tests.core.settings.stations import station
from tests.core.settings.test_sub_tabs import CELLS as SUB_TABS
from tests.core.settings.test_sub_tabs import MISSING
from tests.screens.sitting import Sitting, sitting
from tests.stations import log_in, running_station

STATIONS = ("parking-2", "wallbox-rfid", "wallbox-key")
ACCOUNTS = ("admin", "user")

LABELS = {
    "configuration": "Config",
    "energy": "Energy",
    "authentication": "Badges",
    "records": "Records",
    "maintenance": "Maintenance",
    "general": "General",
    "network": "Network",
    "wifi": "Wi-Fi",
    "supervision": "Supervision",
    "time": "Date and time",
    "advanced": "Advanced settings",
    "sockets": "Socket-outlets",
    "meters": "Meters",
    "badges": "Badges",
    "publication": "Publication",
    "status": "Status",
    "report": "Report",
    "control": "Control",
    "passwords": "Passwords",
    "firmware": "Firmware",
}
"""The words for tabs and sub-tabs in their bars."""

LOG_IN_DATA = {"authentication": "yes", "username": "station", "password": "Canary-0451"}

SITUATIONS: tuple[Mapping[str, str], ...] = (
    {
        "network.dns_preferred": "192.168.0.5",
        "time.mode": "ntp_server",
        "publication.protocol": "smtp",
        **{f"publication.smtp.{name}": value for name, value in LOG_IN_DATA.items()},
        **{f"socket.{point}.input_1": "load_shedding" for point in (1, 2)},
        **{f"socket.{point}.input_2": "conditional_start" for point in (1, 2)},
        **{f"meter.{point}.metering": "iem_3x5x" for point in (1, 2)},
        **{f"meter.{point}.gateway_address": str(130 + point) for point in (1, 2)},
    },
    {
        "publication.protocol": "ftp",
        **{f"publication.ftp.{name}": value for name, value in LOG_IN_DATA.items()},
    },
    {
        "publication.protocol": "http",
        **{f"publication.http.{name}": value for name, value in LOG_IN_DATA.items()},
        "general.station_type": "supervised",
        "general.authentication_location": "supervision",
        "supervision.protocol": "ocpp16j",
        "supervision.primary_url": "ws://192.168.0.9/ocpp",
        "supervision.identity": "CS-01",
    },
)
"""Settings under which, one after the other, every row of the tables matters at least once."""


class Seen(NamedTuple):
    """What somebody saw: the screen of each sub-tab, and each setting's kind of row by key."""

    tabs: dict[tuple[str, str], list[str]]
    offers: dict[str, str]


class Walked(NamedTuple):
    name: str
    account: str
    seen: Seen

    @property
    def is_admin(self) -> bool:
        return self.account == "admin"

    def may_see(self, tab: str, sub_tab: str) -> bool:
        """What the guide's table of sub-tabs says."""
        if sub_tab in MISSING[self.name]:
            return False
        row = next(row for row in SUB_TABS if row[:2] == (tab, sub_tab))
        return row[2] if self.is_admin else row[3]


def kind_of(row: SettingRow) -> str:
    """RW for a row that can be changed, R for one that can be read, `idle` for one that does not matter."""
    if row.idle:
        return "idle"
    return "R" if type(row) is SettingRow else "RW"


async def walk(seat: Sitting, seen: Seen, digits: str) -> None:
    """Open tabs by their digits and every sub-tab of them, and look at the rows of the forms."""
    frame = seat.app.frame
    for digit in digits:
        await seat.press(digit)
        first = frame.sub_tab
        while True:
            page = frame.page
            seen.tabs[frame.tab, frame.sub_tab] = seat.lines
            if isinstance(page, FormPage):
                for row in page.query(SettingRow):
                    if seen.offers.get(row.view.key) in (None, "idle"):
                        seen.offers[row.view.key] = kind_of(row)
                    assert seen.offers[row.view.key] == kind_of(row) or row.idle
            await seat.press("right_square_bracket")
            if frame.sub_tab == first:
                break


async def look_around(name: str, account: str, folder: Path) -> Seen:
    seen = Seen({}, {})
    async with running_station(name, folder) as core:
        local = await log_in(core, "local")
        async with sitting(core, account) as seat:
            for number, situation in enumerate(SITUATIONS):
                there = {view.key for view in await local.settings()}
                wanted = {key: value for key, value in situation.items() if key in there}
                if (await local.change_settings(wanted)).confirm_within_s:
                    await local.confirm_network()
                await seat.settle()
                # Later situations differ in the tabs Configuration and Charge Data Record.
                await walk(seat, seen, "12345" if number == 0 else "4" if number == 1 else "14")
    return seen


WALKS = [pytest.param((name, account), id=f"{name}-{account}") for name in STATIONS for account in ACCOUNTS]
"""A station and an account; tests of one walk stand together, so that it is taken once."""


@pytest.fixture(scope="session")
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """What an account sees on a station."""
    name, account = request.param
    return Walked(name, account, asyncio.run(look_around(name, account, tmp_path_factory.mktemp("screens"))))


on_every_walk = pytest.mark.parametrize("walked", WALKS, indirect=True, scope="session")


PLACES = {
    "general": ("configuration", "general"),
    "network": ("configuration", "network"),
    "wifi": ("configuration", "wifi"),
    "time": ("configuration", "time"),
    "energy": ("energy", "advanced"),
    "socket": ("energy", "sockets"),
    "meter": ("energy", "meters"),
    "publication": ("records", "publication"),
}
"""The sub-tab of each group of keys."""


@on_every_walk
@pytest.mark.parametrize(("tab", "sub_tab"), [(tab, sub_tab) for tab, sub_tab, *_ in SUB_TABS])
def test_the_screens_show_the_sub_tabs_of_the_guide_s_column(walked: Walked, tab: str, sub_tab: str) -> None:
    tabs = walked.seen.tabs
    assert ((tab, sub_tab) in tabs) == walked.may_see(tab, sub_tab)
    visible = [each for each in tabs if each[0] == tab]
    for screen in tabs.values():
        assert (f" {LABELS[tab]}" in screen[1]) == bool(visible)
    if len(visible) > 1 and (tab, sub_tab) in tabs:
        assert f"{LABELS[sub_tab]}]" in tabs[tab, sub_tab][2]


@on_every_walk
@pytest.mark.parametrize("row", GUIDE, ids=[f"{row.key}-{row.where.replace(' ', '+')}" for row in GUIDE])
def test_the_forms_offer_what_the_guide_s_column_says(walked: Walked, row: GuideRow) -> None:
    shown = walked.may_see(*PLACES[row.key.split(".")[0]])
    right = row.admin if walked.is_admin else row.user
    for key in keys_of(row, station(walked.name)):
        assert walked.seen.offers.get(key, "N") == (right if shown else "N")


@on_every_walk
def test_no_form_offers_what_the_station_does_not_have(walked: Walked) -> None:
    profile = station(walked.name)
    for row in GUIDE:
        if not any(is_there(other, profile) for other in GUIDE if other.key == row.key):
            keys = {row.key.replace(".N.", f".{point}.") for point in (1, 2)}
            assert keys.isdisjoint(walked.seen.offers)


@on_every_walk
def test_the_user_is_offered_nothing_beyond_the_guide_s_tables(walked: Walked) -> None:
    known = {key for row in GUIDE for key in keys_of(row, station(walked.name))}
    beyond = {key: offered for key, offered in walked.seen.offers.items() if key not in known}
    if walked.is_admin:
        assert "supervision.protocol" in beyond
    else:
        assert set(beyond) <= {"wifi.ssid", "wifi.security"}
        assert "RW" not in beyond.values()


@on_every_walk
def test_only_the_administrator_chooses_whose_password_is_set(walked: Walked) -> None:
    screen = "\n".join(walked.seen.tabs["maintenance", "passwords"])
    assert ("( ) Admin" in screen) == walked.is_admin
    assert "New password" in screen
    assert "New password again" in screen
