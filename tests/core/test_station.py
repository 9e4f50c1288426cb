"""The station as a whole: what is saved is followed and logged, what fails is reported."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from core import audit
from core.api import LogQuery, Origin, RecordQuery, Vehicle
from core.database import DATABASE_FILE
from core.errors import Conflict, Invalid, NotAllowed, StationError, StorageFull, TryLater
from core.events import LogAdded, RecordAdded, SettingsChanged, StationRestarting
from core.log_reading import verify
from core.notices import NOTICES
from tests.stations import NOON, everything_in, log_in, running_station

CURRENT = "socket.1.derated_current"


async def test_a_saved_setting_is_there_after_a_restart_and_in_the_log(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        events = admin.events()
        outcome = await admin.change_settings({CURRENT: 16})
        assert outcome.saved
        assert [(change.old, change.new) for change in outcome.changes] == [(32, 16)]
        heard = [await anext(events), await anext(events)]
        assert {type(event) for event in heard} == {LogAdded, SettingsChanged}
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        assert {view.key: view.value for view in await admin.settings()}[CURRENT] == 16
        (entry,) = [one for one in await admin.log(LogQuery()) if one.action == "setting_changed"]
        assert (entry.account, entry.origin, entry.subject) == ("admin", "ssh ::1", CURRENT)
        assert (entry.old, entry.new) == ("32", "16")


async def test_what_is_refused_changes_nothing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        with pytest.raises(Invalid) as refused:
            await admin.change_settings({CURRENT: 16, "socket.2.derated_current": 4000})
        assert refused.value.problems
        with pytest.raises(Conflict):
            await admin.change_settings({CURRENT: 10}, seen={CURRENT: 20})
        preview = await admin.change_settings({CURRENT: 4000}, dry_run=True)
        assert preview.problems
        assert not (await admin.change_settings({CURRENT: 12}, dry_run=True)).saved
        assert {view.key: view.value for view in await admin.settings()}[CURRENT] == 32
        assert not [one for one in await admin.log(LogQuery()) if one.action == "setting_changed"]


async def test_two_saves_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        one, two = await log_in(core), await log_in(core)
        results = await asyncio.gather(
            one.change_settings({CURRENT: 10}, seen={CURRENT: 32}),
            two.change_settings({CURRENT: 20}, seen={CURRENT: 32}),
            return_exceptions=True,
        )
        assert [isinstance(result, Conflict) for result in results] == [False, True]


async def test_a_save_that_nobody_waits_for_any_more_is_whole(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        saving = asyncio.create_task(admin.change_settings({CURRENT: 10}))
        await asyncio.sleep(0)
        saving.cancel()
        await admin.change_settings({"general.station_location": "outdoor"})
        assert core.parts.settings.value(CURRENT) == 10
        subjects = [one.subject for one in await admin.log(LogQuery()) if one.action == "setting_changed"]
        assert subjects == [CURRENT, "general.station_location"]


async def test_a_secret_is_sealed_in_the_database_and_absent_from_the_log(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        secret = next(view for view in await admin.settings() if view.kind == "secret" and view.writable)
        canary = "Canary-7731-of-the-station"
        outcome = await admin.change_settings({secret.key: canary})
        assert outcome.saved
        assert core.parts.settings.value(secret.key) == canary
        assert canary not in repr(await admin.log(LogQuery()))
        assert canary not in repr(await admin.settings())
    assert canary.encode() not in everything_in(tmp_path)
    async with running_station("parking-2", tmp_path) as core:
        assert core.parts.settings.value(secret.key) == canary


async def test_a_restart_is_announced_counted_and_leaves_the_records(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.sim_plug(1, Vehicle())
        await admin.sim_badge("04A1B2C3", 1)
        await admin.sim_advance(NOON + timedelta(hours=1))
        events = admin.events()
        await admin.restart()
        heard = [await anext(events) for _ in range(4)]
        assert StationRestarting(by="admin") in heard
        assert RecordAdded(number=1) in heard
        assert (await admin.status()).station.state == "Restarting"
        for refused in (admin.restart(), admin.change_settings({CURRENT: 9}), admin.sim_unplug(1)):
            with pytest.raises(TryLater):
                await refused
        assert await core.ended() == "restart"
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        (record,) = (await admin.records(RecordQuery())).records
        assert (record.stop_reason, record.duration_s) == ("restart", 3600)
        assert record.energy_kwh > 20
        entries = await admin.log(LogQuery())
        assert [one.text for one in entries if one.action == "started"] == ["start 1", "start 2"]
        assert [one.account for one in entries if one.action == "restarted"] == ["admin"]


async def test_a_session_is_measured_to_its_end_as_it_began(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        machine = await log_in(core, "local")
        energies = []
        for number in (0, 1):
            await machine.sim_plug(1, Vehicle(phases=1, demand=10))
            await machine.sim_badge("3F420F")
            if not number:
                await machine.change_settings({"meter.phase_neutral_voltage": 115})
            await machine.sim_advance(NOON + timedelta(hours=number + 1))
            outcome = await machine.sim_unplug(1)
            assert outcome.record is not None
            energies.append(outcome.record.energy_kwh)
        assert energies == [2.3, 1.15]


async def test_a_setting_that_takes_a_restart_is_named_until_then(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        assert not (await admin.status()).station.restart_needed
        assert (await admin.change_settings({"network.mac_address": "02:00:5E:10:00:01"})).restart_needed
        station = (await admin.status()).station
        assert station.restart_needed
        assert station.restart_keys == ("network.mac_address",)
    async with running_station("parking-2", tmp_path) as core:
        station = (await (await log_in(core)).status()).station
        assert not station.restart_needed


async def test_a_full_disk_shows_refuses_to_save_and_goes_by_itself(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin, storage = await log_in(core), core.parts.storage
        await storage.write(lambda link: link.execute("PRAGMA max_page_count=1").fetchone())
        with pytest.raises(StorageFull):
            await storage.write(lambda link: link.execute("CREATE TABLE large AS SELECT zeroblob(1000000)"))
        with pytest.raises(StorageFull):
            await storage.write(lambda link: link.execute("CREATE TABLE other AS SELECT zeroblob(1000000)"))
        await core.tick()
        status = await admin.status()
        assert [error.name for error in status.errors] == ["Disk full"]
        who_comes_to_make_room = await log_in(core)
        assert await who_comes_to_make_room.resume_token()
        await storage.write(lambda link: link.execute("PRAGMA max_page_count=1000000").fetchone())
        await storage.flush()
        await core.tick()
        assert (await admin.status()).errors == ()
        assert (await admin.change_settings({CURRENT: 20})).saved
        actions = [one.action for one in await admin.log(LogQuery())]
        assert "disk_full" in actions


async def test_a_damaged_database_is_reported(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core)).change_settings({CURRENT: 16})
    content = bytearray((tmp_path / DATABASE_FILE).read_bytes())
    content[0:64] = bytes(64)
    (tmp_path / DATABASE_FILE).write_bytes(content)
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        assert {view.key: view.value for view in await admin.settings()}[CURRENT] == 16
        assert [error.name for error in (await admin.status()).errors] == ["Database restored"]
        await core.parts.storage.flush()
        (entry,) = [one for one in await admin.log(LogQuery()) if one.action == "storage_recovered"]
        assert "damaged" in entry.subject


async def test_the_log_is_a_chain_in_which_a_change_shows(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.change_settings({CURRENT: 16})
        assert (await core.parts.audit.verify()).broken is None
    link = sqlite3.connect(tmp_path / DATABASE_FILE)
    (number,) = link.execute("SELECT number FROM log WHERE action = 'setting_changed'").fetchone()
    link.execute("UPDATE log SET new = '17' WHERE number = ?", (number,))
    link.commit()
    assert verify(link).broken == number
    link.execute("DELETE FROM log WHERE number = ?", (number,))
    link.commit()
    assert verify(link).broken == number
    link.close()


async def test_the_oldest_entries_go_and_the_chain_still_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "KEPT", 20)
    monkeypatch.setattr(audit, "PRUNED_AT_ONCE", 5)
    async with running_station("parking-2", tmp_path) as core:
        for number in range(100):
            await core.parts.audit.note(audit.Note(kind="event", action="tested", text=str(number)))
        assert (await core.parts.audit.verify()).broken is None
        kept = await core.parts.audit.entries(LogQuery(last=1000))
        assert 20 <= len(kept) <= 25
        assert kept[-1].text == "99"
        newer = await core.parts.audit.entries(LogQuery(after=kept[-3].number))
        assert [entry.text for entry in newer] == ["98", "99"]


async def test_tries_during_the_wait_do_not_fill_the_log(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        for _ in range(50):
            with pytest.raises(StationError):
                await core.entrance().log_in("admin", "wrong", Origin(kind="ssh", address="192.0.2.1"))
        await core.parts.storage.flush()
        refused = [e for e in await core.parts.audit.entries(LogQuery()) if e.action == "log_in_refused"]
        assert len(refused) == 3


async def test_a_password_in_the_wrong_field_is_not_logged(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        with pytest.raises(StationError):
            await core.entrance().log_in("My-Secret-9", "x", Origin(kind="ssh", address="::1"))
        entries = await (await log_in(core)).log(LogQuery())
        assert "My-Secret-9" not in repr(entries)
        assert [one.subject for one in entries if one.action == "log_in_refused"] == ["unknown"]


async def test_the_user_simulates_nothing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        with pytest.raises(NotAllowed):
            await user.sim_plug(1, Vehicle())
        with pytest.raises(NotAllowed):
            await user.sim_names()


async def test_too_many_records_at_once_are_refused(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        with pytest.raises(Invalid):
            await user.records(RecordQuery(last=10_000_000))


def test_notices_have_numbers_that_the_guide_does_not_use() -> None:
    assert all(number > 900 for number, _, _ in NOTICES.values())
