"""Factory reset and the erasing of personal data: what goes, what stays, and that it is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.api import RecordQuery, Vehicle
from core.errors import Busy, NotAllowed, TryLater
from core.events import AnyEvent, StationRestarting
from core.resetting.files import row_of
from core.resetting.tables import TABLES
from core.station import StationCore
from tests.core.resetting.full import (
    PERSONAL,
    RECEIVER,
    SECRET,
    SETTINGS,
    UID,
    actions,
    charge,
    fill,
    records,
    uids,
)
from tests.stations import PASSWORDS, everything_in, log_in, running_station


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def _restart_in(heard: AsyncIterator[AnyEvent]) -> StationRestarting:
    async for event in heard:
        if isinstance(event, StationRestarting):
            return event
    raise AssertionError("no restart was announced")


async def _published(core: StationCore) -> tuple[int, int]:
    """How many records wait, how many are published, gone or not."""
    status = await (await log_in(core, "local")).publication()
    return status.waiting, status.published


async def test_a_factory_reset_leaves_badges_log_and_host_key_and_nothing_else(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await fill(core)
        before = await actions(core)
        admin = await log_in(core)
        heard = admin.events()
        assert await admin.factory_reset() is None
        assert await _restart_in(heard) == StationRestarting(by="admin", purpose="factory_reset")
        assert await core.ended() == "restart"
    async with running_station("parking-2", tmp_path) as core:
        assert await uids(core) == [UID]
        assert await records(core) == ()
        assert all(
            view.value == view.factory
            for view in core.parts.settings.views("admin")
            if view.key in SETTINGS and view.kind != "secret"
        )
        assert [await core.parts.accounts.is_factory(name) for name in PASSWORDS] == [True, True]
        after = await actions(core)
        assert after[: len(before)] == before
        assert after.count("factory_reset") == 1
        assert (await core.parts.audit.verify()).broken is None
        status = await (await log_in(core, "local")).status()
        assert status.errors == ()
        assert (tmp_path / "ssh_host_ed25519").read_text() == "the station's own"
        assert SECRET.encode() not in everything_in(tmp_path)
        assert not (tmp_path / "drop-box").exists()
        # Numbers begin again: it is a new station.
        await charge(core, UID)
        assert [(record.number, record.transaction_id) for record in await records(core)] == [(1, 1)]


async def test_erased_personal_data_are_nowhere_in_the_data_folder(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await fill(core)
        assert all(word.encode() in everything_in(tmp_path) for word in PERSONAL)
        assert await (await log_in(core)).erase_personal_data() is None
    async with running_station("parking-2", tmp_path) as core:
        assert await uids(core) == []
        assert await records(core) == ()
        logged = await actions(core)
        assert {"badges_added", "badges_removed", "personal_data_erased"} <= set(logged)
        assert (await core.parts.audit.verify()).broken is None
        found = everything_in(tmp_path)
        assert [word for word in PERSONAL if word.encode() in found] == []
        assert core.parts.settings.value("publication.smtp.receivers") == RECEIVER
        assert await core.parts.accounts.is_factory("admin") is False
    found = everything_in(tmp_path)
    assert [word for word in PERSONAL if word.encode() in found] == []


async def test_numbers_meters_and_publication_go_on_after_personal_data_are_erased(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await fill(core)
        last = (await records(core))[0]
        await (await log_in(core)).erase_personal_data()
    async with running_station("parking-2", tmp_path) as core:
        assert await _published(core) == (0, 2)
        await (await log_in(core)).add_badge(UID)
        await charge(core, UID)
        (record,) = await records(core)
        assert (record.number, record.transaction_id) == (last.number + 1, last.transaction_id + 1)
        assert record.meter_start_wh == last.meter_stop_wh
        assert await _published(core) == (1, 2)
        totals = await (await log_in(core, "local")).records(RecordQuery())
        assert (totals.total, totals.totals.count) == (1, 1)


async def test_a_charge_that_is_open_is_asked_about_and_its_record_goes_too(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.sim_plug(1, Vehicle())
        await admin.sim_badge("04A1B2C3", 1)
        for act in (admin.factory_reset, admin.erase_personal_data):
            with pytest.raises(Busy, match="charge point 1"):
                await act("if_free")
        assert not (tmp_path / "reset-ordered").exists()
        await admin.factory_reset("now")
    async with running_station("parking-2", tmp_path) as core:
        assert await records(core) == ()


async def test_a_reset_that_waits_replaces_a_restart_and_is_done_when_the_car_has_gone(
    tmp_path: Path,
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin, user = await log_in(core), await log_in(core, "user")
        await admin.sim_plug(1, Vehicle())
        await admin.sim_badge("04A1B2C3", 1)
        await user.restart("when_free")
        waiting = await admin.factory_reset("when_free")
        assert waiting is not None
        assert waiting.purpose == "factory_reset"
        for refused in (user.restart("now"), user.restart("when_free")):
            with pytest.raises(Busy, match="admin"):
                await refused
        with pytest.raises(NotAllowed):
            await user.take_back_restart()
        await admin.sim_unplug(1)
        assert not (tmp_path / "reset-ordered").exists()
        await core.tick()
        assert await core.ended() == "restart"
    async with running_station("parking-2", tmp_path) as core:
        assert await core.parts.accounts.is_factory("admin")


async def test_a_reset_that_waited_is_gone_with_the_run_of_the_station(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.sim_plug(1, Vehicle())
        await admin.sim_badge("04A1B2C3", 1)
        await admin.factory_reset("when_free")
    async with running_station("parking-2", tmp_path) as core:
        assert not await core.parts.accounts.is_factory("admin")


async def test_only_the_administrator_resets_and_erases(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        for refused in (user.factory_reset(), user.erase_personal_data()):
            with pytest.raises(NotAllowed):
                await refused
        assert not core.parts.ending.is_restarting


async def test_an_order_that_cannot_be_written_down_resets_nothing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        (tmp_path / "reset-ordered").mkdir()
        with pytest.raises(TryLater, match="Nothing was reset"):
            await admin.factory_reset()
        assert not core.parts.ending.is_restarting
        (tmp_path / "reset-ordered").rmdir()


async def test_what_could_not_be_finished_is_said_and_the_station_charges(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await fill(core)
        await (await log_in(core)).factory_reset()
    (tmp_path / "copies" / ".station-000000000099.sqlite.new").mkdir()
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        assert [error.number for error in (await local.status()).errors] == [907]
        assert await records(core) == ()
        await charge(core, UID)
        await local.add_badge("AAAA0001", "user", "")
    (tmp_path / "copies" / ".station-000000000099.sqlite.new").rmdir()
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        assert (await local.status()).errors == ()
        assert await uids(core) == [UID, "AAAA0001"]
        assert [record.number for record in await records(core)] == [1]
        assert SECRET.encode() not in everything_in(tmp_path)


async def test_every_table_and_every_file_has_its_row(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path, demo=True) as core:
        await fill(core)
        tables = await core.parts.storage.read(
            lambda link: {
                name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type='table'")
            }
        )
        ours = {name for name in tables if not name.startswith("sqlite_")}
        assert ours == set(TABLES)
    assert [name for name in names(tmp_path) if row_of(name) is None] == []


async def test_a_demonstration_stays_empty_after_a_reset(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path, demo=True) as core:
        assert len(await records(core)) > 0
        await (await log_in(core)).factory_reset()
    async with running_station("wallbox-key", tmp_path, demo=True) as core:
        assert await records(core) == ()


async def test_a_network_on_trial_goes_with_the_saved_one(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.change_settings({"network.ip_address": "192.168.0.50"})
        await (await log_in(core, "local")).confirm_network()
        await admin.change_settings({"network.ip_address": "192.168.0.60"})
        assert (tmp_path / "network-on-trial").exists()
        await admin.factory_reset()
    async with running_station("parking-2", tmp_path) as core:
        await core.tick()
        network = await (await log_in(core, "local")).network()
        assert (network.trial, network.in_force["network.ip_address"]) == (None, "192.168.0.102")
        assert not (tmp_path / "network-on-trial").exists()
