"""The tabs and sub-tabs: one row each, with the page it opens."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from core.api import Hardware
from core.settings.sub_tabs import visible_sub_tabs
from screens.advanced_page import AdvancedPage
from screens.badges_page import BadgesPage
from screens.control_page import ControlPage
from screens.firmware_page import FirmwarePage
from screens.form import FormPage
from screens.general_page import GeneralPage
from screens.meters_page import MetersPage
from screens.page import Page
from screens.passwords_page import PasswordsPage
from screens.publication_page import PublicationPage
from screens.records_page import RecordsPage
from screens.report_page import ReportPage
from screens.sockets_page import SocketsPage
from screens.status_page import StatusPage
from screens.supervision_page import SupervisionPage
from screens.texts import N_
from screens.time_page import TimePage


class SubTab(msgspec.Struct, frozen=True, kw_only=True):
    """A sub-tab by core's name, the word in the line of sub-tabs, and its page."""

    name: str
    label: str
    page: Callable[[str, str], Page] = FormPage


class Tab(msgspec.Struct, frozen=True, kw_only=True):
    """A tab by core's name; its `number` stays the same whatever else is hidden."""

    number: int
    name: str
    label: str
    sub_tabs: tuple[SubTab, ...]


TABS = (
    Tab(
        number=1,
        name="configuration",
        label=N_("Config"),
        sub_tabs=(
            SubTab(name="general", label=N_("General"), page=GeneralPage),
            SubTab(name="network", label=N_("Network")),
            SubTab(name="wifi", label=N_("Wi-Fi")),
            SubTab(name="supervision", label=N_("Supervision"), page=SupervisionPage),
            SubTab(name="time", label=N_("Date and time"), page=TimePage),
        ),
    ),
    Tab(
        number=2,
        name="energy",
        label=N_("Energy"),
        sub_tabs=(
            SubTab(name="advanced", label=N_("Advanced settings"), page=AdvancedPage),
            SubTab(name="sockets", label=N_("Socket-outlets"), page=SocketsPage),
            SubTab(name="meters", label=N_("Meters"), page=MetersPage),
        ),
    ),
    Tab(
        number=3,
        name="authentication",
        label=N_("Badges"),
        sub_tabs=(SubTab(name="badges", label=N_("Badges"), page=BadgesPage),),
    ),
    Tab(
        number=4,
        name="records",
        label=N_("Records"),
        sub_tabs=(
            SubTab(name="records", label=N_("Records"), page=RecordsPage),
            SubTab(name="publication", label=N_("Publication"), page=PublicationPage),
        ),
    ),
    Tab(
        number=5,
        name="maintenance",
        label=N_("Maintenance"),
        sub_tabs=(
            SubTab(name="status", label=N_("Status"), page=StatusPage),
            SubTab(name="report", label=N_("Report"), page=ReportPage),
            SubTab(name="control", label=N_("Control"), page=ControlPage),
            SubTab(name="passwords", label=N_("Passwords"), page=PasswordsPage),
            SubTab(name="firmware", label=N_("Firmware"), page=FirmwarePage),
        ),
    ),
)


def tabs_for(hardware: Hardware, account: str) -> tuple[Tab, ...]:
    """The tabs and sub-tabs that an account sees on a station, by core's table."""
    visible = {(cell.tab, cell.sub_tab) for cell in visible_sub_tabs(account, hardware)}
    shown = []
    for tab in TABS:
        sub_tabs = tuple(sub_tab for sub_tab in tab.sub_tabs if (tab.name, sub_tab.name) in visible)
        if sub_tabs:
            shown.append(msgspec.structs.replace(tab, sub_tabs=sub_tabs))
    return tuple(shown)
