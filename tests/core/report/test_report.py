"""The report of a running station: what it holds, for whom, and what it never holds."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import msgspec

from core.api import LogQuery, Report, Vehicle
from core.audit import Note
from core.errors import StorageFull
from core.station import StationCore
from screens.report.document import document
from tests.stations import NOON, log_in, running_station

UID, OTHER = "04A1B2C3D4E5F6", "E1EB1C02"
COMMENT = "Mrs Example, 4th floor"

PEM = "-----BEGIN {name}-----\n{body}\n-----END {name}-----\n"
SECRETS = {
    "wifi.passphrase": "Canary-wifi-0451",
    "supervision.authorization_key": "Canary-central-0451",
    "supervision.client_key": PEM.format(name="PRIVATE KEY", body="CanaryOfTheKey0451"),
    "publication.smtp.password": "Canary-mail-0451",
    "publication.ftp.password": "Canary-file-0451",
    "publication.http.password": "Canary-web-0451",
}
NOT_FOR_USERS = {
    "supervision.primary_url": "wss://hidden-primary.example.org",
    "supervision.identity": "hidden-identity",
    "supervision.ca_certificate": PEM.format(name="CERTIFICATE", body="HiddenCertificate"),
    "publication.smtp.username": "hidden-name",
    "publication.http.path": "/hidden-path",
    "publication.http.field_name": "hidden-field",
}
SUPERVISED = {
    "general.station_type": "supervised",
    "supervision.protocol": "ocpp16j",
    "supervision.security_profile": "2",
}


async def charge_by_badge(core: StationCore) -> None:
    """A badge with a comment has charged once and charges again; another one came, changed and went."""
    local = await log_in(core, "local")
    await local.add_badge(UID, comment=COMMENT)
    await local.add_badge(OTHER, comment="Somebody else")
    await local.set_badge(OTHER, comment="Quite another")
    await local.change_settings({"general.authentication_location": "charging_station"})
    await local.sim_badge(UID, 1)
    await local.sim_plug(1, Vehicle())
    await local.sim_advance(NOON + timedelta(minutes=5))
    await local.sim_unplug(1)
    await local.sim_badge(UID, 1)
    await local.sim_plug(1, Vehicle())
    await local.sim_advance(NOON + timedelta(minutes=10))


def named(value: object, names: set[str]) -> list[object]:
    """What fields of these names hold, wherever they are in a report."""
    fields: dict[object, object] = {}
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
    elif isinstance(value, Mapping):
        fields = dict(value)
    elif isinstance(value, tuple):
        fields = dict(enumerate(value))
    here = [held for name, held in fields.items() if name in names]
    return here + [found for held in fields.values() for found in named(held, names)]


def in_full(report: Report) -> str:
    return msgspec.json.encode(report).decode()


async def test_the_report_tells_who_made_the_station_and_how_often_it_started(tmp_path: Path) -> None:
    for count in (1, 2):
        async with running_station("parking-2", tmp_path) as core:
            report = await (await log_in(core)).report()
            assert (report.starts, report.made, report.account) == (count, NOON, "admin")
            assert report.hardware.identity["commercial_reference"] == "PK2-T2-32"
            assert [row.designation for row in report.hardware.versions] == ["102", "103"]


async def test_only_settings_that_are_not_the_factorys_are_in_it_in_words(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        assert (await admin.report()).settings == ()
        await admin.change_settings({"socket.2.derated_current": 20, "energy.load_balancing": "no"})
        told = {each.key: (each.words, each.factory_words) for each in (await admin.report()).settings}
        assert told["socket.2.derated_current"] == ("20 A", "32 A")
        assert set(told) <= {"socket.2.derated_current", "energy.load_balancing"}


async def test_what_waits_for_a_restart_is_told_so(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        outcome = await admin.change_settings({"general.station_type": "supervised"})
        (told,) = (await admin.report()).settings
        assert told.waits is outcome.restart_needed


async def test_nobody_learns_who_charged_unless_they_ask(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charge_by_badge(core)
        admin = await log_in(core)
        bare = await admin.report()
        assert named(bare, {"account"})
        assert set(named(bare, {"uid", "parent", "comment"})) == {""}
        said = in_full(bare)
        assert '"energy_kwh":' in said
        assert '"started":' in said
        for private in (UID, OTHER, COMMENT, "Somebody else", "Quite another"):
            assert private.lower() not in said.lower()
        with_uids = in_full(await admin.report(uids=True))
        assert UID in with_uids
        assert OTHER in with_uids
        assert COMMENT not in with_uids
        assert "Quite another" not in with_uids
        with_comments = in_full(await admin.report(comments=True))
        assert COMMENT in with_comments
        assert UID not in with_comments
        assert OTHER not in with_comments
        everything = in_full(await admin.report(uids=True, comments=True))
        assert "Quite another" in everything
        assert OTHER in everything


async def test_no_secret_is_in_it_whoever_asks_only_whether_it_is_set(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path) as core:
        local = await log_in(core, "local")
        await local.change_settings(SUPERVISED | NOT_FOR_USERS | SECRETS)
        await local.confirm_network()
        for account in ("admin", "user", "local"):
            someone = await log_in(core, account)
            report = await someone.report(uids=True, comments=True)
            assert "Canary" not in in_full(report)
            assert "Hidden-Door" not in in_full(report)
            assert "Open-Window" not in in_full(report)
            readable = {view.key for view in await someone.settings() if view.kind == "secret"}
            assert {each.key for each in report.secrets if each.set} == readable & SECRETS.keys()


async def test_what_the_user_may_not_read_is_not_in_the_users_report(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path) as core:
        local = await log_in(core, "local")
        await local.change_settings(SUPERVISED | NOT_FOR_USERS | SECRETS)
        admins = in_full(await local.report())
        assert "hidden-identity" in admins
        assert "hidden-name" in admins
        users = await (await log_in(core, "user")).report()
        assert (users.firmware, users.supervision) == (None, None)
        assert "hidden" not in in_full(users).lower()
        readable = {view.key for view in await (await log_in(core, "user")).settings()}
        assert {each.key for each in users.settings} <= readable
        assert users.network.in_force.keys() <= readable


async def test_a_report_that_leaves_the_station_is_logged_with_what_it_tells(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        events = admin.events()
        await admin.report()
        await admin.report(exported=True)
        await admin.report(uids=True, comments=True, exported=True)
        notes: list[str] = []
        while len(notes) < 2:
            await anext(events)
            notes = [e.subject for e in await admin.log(LogQuery()) if e.action == "report_exported"]
        assert notes == ["", "with identifiers and comments"]


async def test_with_a_full_disk_the_report_is_made_all_the_same(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin, storage = await log_in(core), core.parts.storage
        (pages,) = await storage.read(lambda link: link.execute("PRAGMA page_count").fetchone())
        await storage.write(lambda link: link.execute(f"PRAGMA max_page_count={pages}").fetchone())
        while not storage.is_full:
            with suppress(StorageFull):
                await admin.add_badge(secrets.token_hex(7), comment=COMMENT)
        for _note in range(4):
            core.parts.audit.note_when_possible(Note(kind="event", action="started", text="x" * 2000))
        assert (await admin.report(exported=True)).missing == ()
        await storage.write(lambda link: link.execute("PRAGMA max_page_count=100000").fetchone())


async def test_what_the_database_cannot_give_is_named_and_the_rest_is_told(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.change_settings({"socket.2.derated_current": 20})
        await core.parts.storage.write(
            lambda link: [link.execute(f"DROP TABLE {table}") for table in ("records", "record_sums")]
        )
        report = await admin.report()
        assert "records" in report.missing
        assert "log" not in report.missing
        assert (report.records, report.records_kept) == ((), 0)
        assert [each.key for each in report.settings] == ["socket.2.derated_current"]
        told = document(report).facts.rows[-1]
        assert (told[0], "charge data records" in told[1]) == ("Could not be read", True)
