"""Everything that the safety rules want logged has its entry, with who, whence and what, and no secret."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from core.api import BadgeSelection, LogEntry, LogQuery, Origin, Station
from core.errors import StationError
from core.station import StationCore
from tests.core.ssh_keys.making import fingerprint, line
from tests.stations import PASSWORDS, everything_in, log_in, running_station

CANARY = "Canary-0451!"
Deed = Callable[[StationCore, Station], Awaitable[object]]


async def _wrong_password(core: StationCore, admin: Station) -> None:
    with pytest.raises(StationError):
        await core.entrance().log_in("user", CANARY, Origin(kind="ssh", address="192.0.2.9"))


async def _log_in_by_key(core: StationCore, admin: Station) -> None:
    await admin.add_key("admin", line())
    await core.entrance().log_in_with_key("admin", line().split()[1], Origin(kind="ssh", address="192.0.2.9"))


async def _close_a_session(core: StationCore, admin: Station) -> None:
    other = await log_in(core, "admin")
    await admin.close_session((await other.whoami()).id)


async def _remove_a_key(core: StationCore, admin: Station) -> None:
    await admin.add_key("user", line())
    await admin.remove_key("user", fingerprint())


async def _import_badges(core: StationCore, admin: Station) -> None:
    await admin.add_badge("E1EB1C02")
    await admin.import_badges(await admin.export_badges())


async def _remove_a_badge(core: StationCore, admin: Station) -> None:
    await admin.add_badge("E1EB1C03")
    await admin.remove_badges(BadgeSelection(uids=("E1EB1C03",)))


async def _wrong_old_password(core: StationCore, admin: Station) -> None:
    with pytest.raises(StationError):
        await admin.change_password("admin", "Other-Gate-77", old=CANARY)


async def _own_password(core: StationCore, admin: Station) -> None:
    user = await log_in(core, "user")
    await user.change_password("user", "Other-Gate-77", old=PASSWORDS["user"])


DEEDS: dict[str, tuple[str, str, Deed]] = {
    "log-in": ("logged_in", "", lambda core, _: log_in(core)),
    "log-in by key": ("logged_in", fingerprint(), _log_in_by_key),
    "log-out": ("logged_out", "", lambda _, admin: admin.log_out()),
    "failed log-in": ("log_in_refused", "user", _wrong_password),
    "session closed": ("session_closed", "admin", _close_a_session),
    "wrong old password": ("password_refused", "admin", _wrong_old_password),
    "own password": ("password_changed", "user", _own_password),
    "password of the user": (
        "password_changed", "user", lambda _, admin: admin.change_password("user", CANARY)
    ),
    "key added": ("key_added", fingerprint(3), lambda _, admin: admin.add_key("user", line(3))),
    "key removed": ("key_removed", fingerprint(), _remove_a_key),
    "setting": (
        "setting_changed", "general.station_location",
        lambda _, admin: admin.change_settings({"general.station_location": "outdoor"}),
    ),
    "secret setting": (
        "setting_changed", "publication.http.password",
        lambda _, admin: admin.change_settings({"publication.http.password": CANARY}),
    ),
    "configuration exported": ("configuration_exported", "", lambda _, admin: admin.export_config()),
    "badges exported": ("badges_exported", "", lambda _, admin: admin.export_badges()),
    "badges imported": ("badges_imported", "", _import_badges),
    "badge added": ("badges_added", "3F420F", lambda _, admin: admin.add_badge("3F420F")),
    "badge removed": ("badges_removed", "E1EB1C03", _remove_a_badge),
    "file sent": (
        "file_received", "list.csv", lambda _, admin: admin.note_file("file_received", "list.csv", 7)
    ),
    "clock set": ("clock_set", "", lambda _, admin: admin.set_clock("2026-03-02 15:00:00")),
    "network tried": (
        "network_tried", "",
        lambda _, admin: admin.change_settings({"network.subnet_mask": "255.255.0.0"}),
    ),
    "cover opened": (
        "error_raised", "cover", lambda _, admin: admin.sim_fault(1, "anti_intrusion", on=True)
    ),
    "restart": ("restarted", "", lambda _, admin: admin.restart()),
}  # fmt: skip
"""In order what is done: the action of its entry, and what must be said in it.

Firmware has tests of its entries in tests/core/firmware.
"""


class Logged(NamedTuple):
    """By deed the entries that it left; and every byte that the station has kept."""

    entries: dict[str, tuple[LogEntry, ...]]
    kept: bytes


async def do_all(folder: Path) -> Logged:
    """Do one after the other on one station, each by a session of its own."""
    entries = {}
    async with running_station("parking-2", folder) as core:
        log = core.parts.audit
        await log_in(core, "user")
        for what, (_action, _said, deed) in DEEDS.items():
            admin = await log_in(core)
            await core.parts.storage.flush()
            before = (await log.entries(LogQuery(last=1)))[-1].number
            await deed(core, admin)
            await core.tick()
            await core.parts.storage.flush()
            entries[what] = await log.entries(LogQuery(after=before))
        assert (await log.verify()).broken is None
    return Logged(entries, everything_in(folder))


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Logged:
    return asyncio.run(do_all(tmp_path_factory.mktemp("station")))


def the_entry(logged: Logged, what: str) -> LogEntry:
    """The last entry of the action that the deed must leave."""
    action, said, _deed = DEEDS[what]
    found = [each for each in logged.entries[what] if each.action == action]
    assert found, [each.action for each in logged.entries[what]]
    assert said in f"{found[-1].subject} {found[-1].text}"
    return found[-1]


@pytest.mark.parametrize("what", DEEDS)
def test_it_is_in_the_log_with_who_and_whence(logged: Logged, what: str) -> None:
    entry = the_entry(logged, what)
    if entry.kind == "audit":
        assert entry.account in ("admin", "user", "unknown")
        assert entry.origin in ("ssh ::1", "ssh 192.0.2.9")
    else:
        assert entry.account == "station"


def test_a_setting_is_logged_with_its_old_and_new_value(logged: Logged) -> None:
    entry = the_entry(logged, "setting")
    assert (entry.old, entry.new, entry.kind) == ("indoor", "outdoor", "audit")


def test_no_secret_is_in_the_log_or_anywhere_else(logged: Logged) -> None:
    entry = the_entry(logged, "secret setting")
    assert not {entry.old, entry.new} - {None, "", "set", "not set"}
    assert CANARY not in repr(logged.entries)
    assert CANARY.encode() not in logged.kept


@pytest.mark.parametrize(
    ("action", "order"),
    [
        ("factory_reset", lambda admin: admin.factory_reset()),
        ("personal_data_erased", lambda admin: admin.erase_personal_data()),
    ],
)
async def test_a_reset_is_in_the_log_that_outlives_it(
    tmp_path: Path, action: str, order: Callable[[Station], Awaitable[object]]
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.add_key("admin", line())
        await admin.add_badge("E1EB1C02", comment="Somebody")
        await order(admin)
    async with running_station("parking-2", tmp_path) as core:
        entries = await core.parts.audit.entries(LogQuery(last=1000))
        assert [(each.account, each.origin) for each in entries if each.action == action] == [
            ("admin", "ssh ::1")
        ]
        assert "key_added" in {each.action for each in entries}
        assert (await core.parts.audit.verify()).broken is None
        keys = await core.parts.keys.every()
        assert len(keys) == (0 if action == "factory_reset" else 1)
