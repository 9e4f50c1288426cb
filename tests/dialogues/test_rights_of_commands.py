"""The guide's parameter tables through the commands: every parameter, both accounts, reading and writing."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from core.api import SettingView, Station
from core.errors import NotFound
from tests.core.settings.guide import GUIDE, GuideRow, is_there, keys_of
from tests.core.settings.stations import SHIPPED, station
from tests.core.settings.test_catalogue import the_other_value
from tests.dialogues.client import Client
from tests.dialogues.in_process import answer
from tests.dialogues.running import RunningStation
from tests.stations import log_in, running_station

ACCOUNTS = ("admin", "user")

NEEDED_BY_OTHERS = {
    "publication.smtp.server": "mail.example.org",
    "publication.smtp.sender": "station@example.org",
    "publication.smtp.receivers": "office@example.org",
    "publication.smtp.username": "station",
    "publication.smtp.password": "Canary-0451",
    "network.dns_preferred": "192.168.0.5",
}
"""Saved before, so that no rule between settings stands in the way of trying one alone."""

TOGETHER = {
    "network.ip_address": {"wifi.ip_address": "192.168.0.76"},
    "wifi.ip_address": {"network.ip_address": "192.168.0.78"},
}
"""Addresses that only change together, by the guide's addressing rules."""

CHOSEN = {"general.authentication_location": ("disable", "remote"), "publication.smtp.password": ("",)}
"""Values for settings whose first other value does not fit; the first that is not there already."""

CELLS = [
    pytest.param(name, account, row, id=f"{name}-{account}-{row.key}-{row.where.replace(' ', '+')}")
    for name in SHIPPED
    for account in ACCOUNTS
    for row in GUIDE
    if is_there(row, station(name))
]

NOT_THERE = [
    pytest.param(name, account, key, id=f"{name}-{account}-{key}")
    for name in SHIPPED
    for account in ACCOUNTS
    for key in dict.fromkeys(row.key for row in GUIDE)
    if not any(is_there(row, station(name)) for row in GUIDE if row.key == key)
]


class Tried(NamedTuple):
    """What came of reading and writing one setting: exit codes, and whether it was listed and changed."""

    read: int
    listed: bool
    written: int
    says: str
    changed: bool


Outcomes = dict[tuple[str, str], Tried]
"""By account and key."""


def words(pairs: Mapping[str, object]) -> str:
    return " ".join(shlex.quote(f"{key}={value}") for key, value in pairs.items())


async def keep(local: Station) -> None:
    """Confirm a change of the network on the machine itself, if there is one."""
    with contextlib.suppress(NotFound):
        await local.confirm_network()


async def try_setting(
    local: Station,
    someone: Station,
    admin: Station,
    key: str,
    present: Mapping[str, SettingView],
    *,
    listed: bool,
) -> Tried:
    """Read and write one setting as somebody; afterwards it is as it was."""
    read = await answer(someone, f"settings get {key}")
    view = present.get(key)
    if view is None:
        written = await answer(someone, f"settings set {key}=yes")
        return Tried(read.code, listed, written.code, written.errors, changed=False)
    new = {key: next((value for value in CHOSEN.get(key, ()) if value != view.value), the_other_value(view))}
    new |= {other: value for other, value in TOGETHER.get(key, {}).items() if other in present}
    written = await answer(someone, f"settings set {words(new)}")
    await keep(local)
    after = next(each for each in await admin.settings() if each.key == key)
    changed = (after.value, after.set) != (view.value, view.set)
    if changed:
        old = {
            each: NEEDED_BY_OTHERS.get(each, "") if present[each].value is None else present[each].value
            for each in new
        }
        assert (await answer(admin, f"settings set {words(old)}")).code == 0
        await keep(local)
    return Tried(read.code, listed, written.code, written.errors, changed)


async def try_all(name: str, folder: Path) -> Outcomes:
    async with running_station(name, folder) as core:
        admin, user = await log_in(core, "admin"), await log_in(core, "user")
        local = await log_in(core, "local")
        prepared = await answer(admin, f"settings set {words(NEEDED_BY_OTHERS)}")
        assert prepared.code == 0, prepared.errors
        await keep(local)
        views = {view.key: view for view in await admin.settings()}
        keys = [
            key for row in GUIDE for key in (keys_of(row, station(name)) or [row.key.replace(".N.", ".1.")])
        ]
        outcomes = {}
        for account, someone in (("admin", admin), ("user", user)):
            listed = {view.key for view in await someone.settings()}
            for key in dict.fromkeys(keys):
                outcomes[account, key] = await try_setting(
                    local, someone, admin, key, views, listed=key in listed
                )
            assert {view.key: (view.value, view.set) for view in await admin.settings()} == {
                view.key: (view.value, view.set) for view in views.values()
            }
        return outcomes


@pytest.fixture(scope="session")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Outcomes]:
    """Give a function that tries everything on a station, once."""
    outcomes: dict[str, Outcomes] = {}

    def on(name: str) -> Outcomes:
        if name not in outcomes:
            # Should it fail, every test of this station fails, but it is not tried again.
            outcomes[name] = {}
            outcomes[name] = asyncio.run(try_all(name, tmp_path_factory.mktemp("rights")))
        return outcomes[name]

    return on


@pytest.mark.parametrize(("name", "account", "row"), CELLS)
def test_a_command_reads_and_writes_what_the_guide_s_column_says(
    tried: Callable[[str], Outcomes], name: str, account: str, row: GuideRow
) -> None:
    right = row.admin if account == "admin" else row.user
    for key in keys_of(row, station(name)):
        outcome = tried(name)[account, key]
        expected = {"RW": (0, True, 0, True), "R": (0, True, 4, False), "N": (6, False, 4, False)}[right]
        assert (outcome.read, outcome.listed, outcome.written, outcome.changed) == expected, outcome.says


@pytest.mark.parametrize(("name", "account", "key"), NOT_THERE)
def test_a_command_does_not_find_what_the_station_does_not_have(
    tried: Callable[[str], Outcomes], name: str, account: str, key: str
) -> None:
    outcome = tried(name)[account, key.replace(".N.", ".1.")]
    assert (outcome.read, outcome.listed, outcome.written) == (6, False, 6)


OVER_SSH = (
    "general.station_location",
    "general.leave_cable_connected",
    "network.subnet_mask",
    "energy.load_balancing",
    "energy.load_shedding_priority",
    "socket.2.rated_current",
    "publication.smtp.username",
)


@pytest.mark.peer("ssh")
@pytest.mark.parametrize("key", OVER_SSH)
def test_the_same_rights_hold_over_the_real_ssh_client(
    station: RunningStation, admin: Client, user: Client, key: str
) -> None:
    row = next(row for row in GUIDE if row.key == key.replace(".2.", ".N."))
    view = admin.run("settings", "get", key, "--json").json["setting"]
    other = {"yes": "no", "no": "yes", "indoor": "outdoor", "charge_duration": "energy_delivered"}
    value = other.get(view["value"], {"network.subnet_mask": "255.255.0.0"}.get(key, "32"))
    for client, right in ((admin, row.admin), (user, row.user)):
        read, written = client.run("settings", "get", key), client.run("settings", "set", f"{key}={value}")
        station.evtty("network", "confirm")
        assert read.code == (6 if right == "N" else 0)
        assert written.code == (0 if right == "RW" else 4)
        assert admin.run("settings", "get", key).output.decode().strip() == (
            value if right == "RW" else str(view["value"])
        )
        assert admin.run("settings", "set", f"{key}={view['value']}").code == (0 if row.admin == "RW" else 4)
        station.evtty("network", "confirm")
