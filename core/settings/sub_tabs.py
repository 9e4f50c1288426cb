"""The tabs and sub-tabs, and which account sees them on which station (guide, Access rights to tabs)."""

from __future__ import annotations

import msgspec

from core.settings.existence import exists_on
from core.settings.rights import RIGHTS_OF_ADMIN
from core.values.hardware import HardwareFacts
from core.values.setting import EVERYWHERE, Exists


class SubTab(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the guide's table: the administrator sees every sub-tab, the user those with `user`.

    `tab` and `sub_tab` are the names that settings and errors point to; `title` is for screens.
    """

    tab: str
    sub_tab: str
    title: str
    user: bool
    exists: Exists = EVERYWHERE


TAB_TITLES = {
    "configuration": "Configuration",
    "energy": "Energy management",
    "authentication": "Authentication",
    "records": "Charge Data Record",
    "maintenance": "Maintenance",
}

WITH_READER = Exists(needs=("rfid_reader",))
WITH_WIFI = Exists(families=("wallbox",), needs=("wifi_card",))

SUB_TABS = (
    SubTab(tab="configuration", sub_tab="general", title="General", user=True),
    SubTab(tab="configuration", sub_tab="network", title="Network", user=False),
    SubTab(tab="configuration", sub_tab="wifi", title="Wi-Fi", user=True, exists=WITH_WIFI),
    SubTab(tab="configuration", sub_tab="supervision", title="Supervision", user=False),
    SubTab(tab="configuration", sub_tab="time", title="Date and time", user=True),
    SubTab(tab="energy", sub_tab="advanced", title="Advanced settings", user=False),
    SubTab(tab="energy", sub_tab="sockets", title="Socket-outlets", user=False),
    SubTab(tab="energy", sub_tab="meters", title="Meters", user=False),
    SubTab(tab="authentication", sub_tab="badges", title="Badges", user=True, exists=WITH_READER),
    SubTab(tab="records", sub_tab="records", title="Charge Data Record", user=True),
    SubTab(tab="records", sub_tab="publication", title="Publication settings", user=True),
    SubTab(tab="maintenance", sub_tab="status", title="Status", user=True),
    SubTab(tab="maintenance", sub_tab="report", title="Report", user=True),
    SubTab(tab="maintenance", sub_tab="control", title="Control", user=True),
    SubTab(tab="maintenance", sub_tab="passwords", title="Passwords", user=True),
    SubTab(tab="maintenance", sub_tab="firmware", title="Firmware update", user=False),
)


def visible_sub_tabs(account: str, hardware: HardwareFacts) -> tuple[SubTab, ...]:
    """The sub-tabs that an account sees on this hardware, in their order; none for an unknown account."""
    return tuple(
        sub_tab
        for sub_tab in SUB_TABS
        if exists_on(sub_tab.exists, hardware)
        and (account in RIGHTS_OF_ADMIN or (account == "user" and sub_tab.user))
    )
