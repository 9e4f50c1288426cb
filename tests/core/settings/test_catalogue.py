"""The catalogue against the guide, cell by cell, on every station."""

from __future__ import annotations

import re

import pytest

from core.api import SettingView
from core.errors import NotAllowed, NotFound
from core.settings.catalogue import CATALOGUE
from core.settings.store import Settings
from core.settings.sub_tabs import SUB_TABS
from core.values.setting import TakesEffect
from tests.core.settings.guide import GUIDE, OURS, GuideRow, factory_of, is_there, keys_of
from tests.core.settings.stations import SHIPPED, fresh, station

STATIONS = (*SHIPPED, "parking-without-reader")
FREE = "-"
"""The guide prints no factory setting."""

ROWS = (*GUIDE, *OURS)
CELLS = [
    pytest.param(name, row, id=f"{name}-{row.key}")
    for name in STATIONS
    for row in ROWS
    if is_there(row, station(name))
]


def view_of(settings: Settings, account: str, key: str) -> SettingView | None:
    return next((view for view in settings.views(account) if view.key == key), None)


def range_of(view: SettingView) -> str:
    if view.kind in ("choice", "toggle"):
        return "|".join(choice.value for choice in view.choices)
    if view.kind == "number":
        return f"{view.minimum}..{view.maximum} {view.unit}".strip()
    return f"{view.kind} {view.max_length}"


def the_other_value(view: SettingView) -> str | int:
    """Some value in range that is not the one in force, where there is one."""
    samples = {
        "ipv4": "192.168.0.77",
        "netmask": "255.255.0.0",
        "mac": "02:00:00:00:00:01",
        "host": "host.example.org",
        "server": "files.example.org",
        "email": "a@example.org",
        "emails": "a@example.org;b@example.org",
        "path": "/records",
        "zone": "Europe/Paris",
        "url": "wss://csms.example.org",
        "identity": "CS-01",
        "pem": "-----BEGIN KEY-----\nAAAA\n-----END KEY-----\n",
    }
    if view.choices:
        return next(choice.value for choice in view.choices if choice.value != view.value)
    if view.kind == "number":
        return view.maximum if view.value == view.minimum and view.maximum is not None else view.minimum or 0
    return samples.get(view.form, "something")


@pytest.mark.parametrize("name", STATIONS)
def test_the_settings_of_a_station_are_those_that_the_guide_gives_it(name: str) -> None:
    expected = [key for row in ROWS for key in keys_of(row, station(name))]
    assert sorted(view.key for view in fresh(name).views("admin")) == sorted(expected)


@pytest.mark.parametrize(("name", "row"), CELLS)
def test_rights_ranges_and_factory_settings_are_the_guide_s(name: str, row: GuideRow) -> None:
    profile = station(name)
    settings = fresh(name)
    for key in keys_of(row, profile):
        view = view_of(settings, "admin", key)
        assert view is not None
        assert (view.admin, view.user) == (row.admin, row.user)
        assert sorted(range_of(view).split("|")) == sorted(row.range.split("|"))
        if factory_of(row, profile) != FREE:
            assert view.factory == factory_of(row, profile)
            assert view.value == view.factory


@pytest.mark.parametrize(("name", "row"), CELLS)
@pytest.mark.parametrize("account", ["admin", "user"])
def test_each_account_sees_and_writes_what_its_column_says(name: str, row: GuideRow, account: str) -> None:
    profile = station(name)
    settings = fresh(name)
    right = row.admin if account == "admin" else row.user
    for key in keys_of(row, profile):
        seen, whole = view_of(settings, account, key), view_of(settings, "admin", key)
        assert whole is not None
        assert (seen is not None) == (right != "N")
        assert seen is None or seen.writable == (right == "RW")
        change = {key: the_other_value(whole)}
        if right == "RW":
            settings.plan(change, account=account)
        else:
            with pytest.raises(NotAllowed, match=re.escape(key)):
                settings.plan(change, account=account)


@pytest.mark.parametrize("name", STATIONS)
def test_what_does_not_exist_on_a_station_cannot_be_set(name: str) -> None:
    profile = station(name)
    settings = fresh(name)
    for row in ROWS:
        if not any(is_there(other, profile) for other in ROWS if other.key == row.key):
            with pytest.raises(NotFound):
                settings.plan({row.key.replace(".N.", ".1."): "yes"}, account="admin")


def test_every_row_of_the_catalogue_is_the_guide_s_or_known_as_ours() -> None:
    declared = {setting.key.replace("{n}", "N") for setting in CATALOGUE}
    assert declared == {row.key for row in ROWS}


def test_position_and_type_are_those_of_the_hardware() -> None:
    settings = fresh("parking-without-reader")
    assert [settings.value(f"socket.{point}.position") for point in (1, 2)] == [1, 2]
    assert [settings.value(f"socket.{point}.type") for point in (1, 2)] == ["te", "t1"]
    assert fresh("wallbox-key").value("socket.1.type") == "t2_te"


def test_the_rated_current_of_two_outlets_is_shown_for_both() -> None:
    view = view_of(fresh("wallbox-key"), "admin", "socket.1.rated_current")
    assert view is not None
    assert view.shown == "32 A (T2), 10 A (TE)"


def test_only_the_hardware_address_takes_a_restart_since_the_network_is_changed_on_trial() -> None:
    restart = {setting.key for setting in CATALOGUE if setting.takes_effect is TakesEffect.RESTART}
    assert restart == {"network.mac_address"}


def test_settings_stand_in_the_order_of_the_sub_tabs() -> None:
    order = [(sub_tab.tab, sub_tab.sub_tab) for sub_tab in SUB_TABS]
    places = [order.index((setting.tab, setting.sub_tab)) for setting in CATALOGUE]
    assert places == sorted(places)


def test_every_setting_has_a_help_of_one_to_four_sentences() -> None:
    for setting in CATALOGUE:
        sentences = re.findall(r"[.!?](?:\s|$)", setting.help)
        assert 1 <= len(sentences) <= 4, setting.key
        assert len(setting.help) <= 320, setting.key


def test_conditions_name_settings_and_values_that_there_are() -> None:
    rows = {setting.key: setting for setting in CATALOGUE}
    conditions = [each for setting in CATALOGUE for each in setting.shown_when]
    assert conditions
    for condition in conditions:
        kind = rows[condition.key].kind
        allowed = {choice.value for choice in kind.choices} if hasattr(kind, "choices") else {"yes", "no"}
        assert set(condition.values) <= allowed
