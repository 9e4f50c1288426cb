"""The configuration as a file, at a running station: rights, all or nothing, log, secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.api import LogQuery, Station
from core.errors import Conflict, Invalid, NotAllowed
from tests.stations import everything_in, log_in, running_station

WITH_CARD = """
family = "wallbox"
charge_points = 1
rfid_reader = true
wifi_card = true
[[socket]]
type = "T2"
cable = "socket-outlet"
phases = 3
"""
CANARY = "Canary-0451-secret"
SECRETS = (
    "publication.smtp.password",
    "publication.ftp.password",
    "publication.http.password",
    "supervision.authorization_key",
)


async def values(station: Station) -> dict[str, object]:
    """`settings list` without the secrets."""
    return {view.key: view.value for view in await station.settings()}


async def test_two_stations_are_alike_after_the_copy_and_the_change_is_stored(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path / "first") as core:
        first = await log_in(core)
        await first.change_settings(
            {
                "time.zone": "Europe/Paris",
                "socket.2.derated_current": 20,
                "general.station_type": "supervised",
            }
        )
        file, wanted = await first.export_config(), await values(first)
        assert await first.export_config() == file
    async with running_station("parking-2", tmp_path / "second") as core:
        second = await log_in(core)
        tried = await second.import_config(file, dry_run=True)
        assert (tried.saved, len(tried.changes), tried.version) == (False, 3, core.parts.version)
        assert await values(second) != wanted
        done = await second.import_config(file)
        assert (done.saved, done.changes) == (True, tried.changes)
        again = await second.import_config(file)
        assert (again.saved, again.changes, again.unchanged) == (True, (), done.unchanged + 3)
    async with running_station("parking-2", tmp_path / "second") as core:
        assert await values(await log_in(core, "local")) == wanted


async def test_the_network_of_a_file_is_on_trial_until_somebody_confirms_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        file = (await admin.export_config()).replace(b"zone = UTC", b"zone = Europe/Paris")
        file = file.replace(b"192.168.0.102", b"192.168.0.60").replace(b"192.168.0.103", b"192.168.0.61")
        done = await admin.import_config(file)
        assert done.confirm_within_s > 0
        assert {change.key for change in done.changes} >= {"time.zone", "network.ip_address"}
        views = await values(admin)
        assert (views["time.zone"], views["network.ip_address"]) == ("Europe/Paris", "192.168.0.102")
        await (await log_in(core, "local")).confirm_network()
        assert (await values(admin))["network.ip_address"] == "192.168.0.60"
        assert await admin.export_config() == file


async def test_a_wireless_network_can_be_confirmed_before_its_passphrase_is_entered(tmp_path: Path) -> None:
    profile = tmp_path / "with-card.toml"
    profile.write_text(WITH_CARD)
    async with running_station(str(profile), tmp_path / "first") as core:
        local = await log_in(core, "local")
        file = (await local.export_config()).replace(b'ssid = ""', b"ssid = Garage")
        done = await local.import_config(file)
        assert any("needed for a protected network" in note.message for note in done.notes)
        await local.confirm_network()
        assert (await values(local))["wifi.ssid"] == "Garage"


async def test_one_faulty_line_keeps_the_whole_file_out(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        before = await values(admin)
        file = (await admin.export_config()).replace(b"zone = UTC", b"zone = Europe/Paris")
        with pytest.raises(Invalid) as refused:
            await admin.import_config(file + b"\nsurprise.one = 1\nsurprise.two = 2\n")
        assert len(refused.value.problems) == 2
        assert await values(admin) == before


async def test_a_file_of_another_family_is_refused(tmp_path: Path) -> None:
    async with running_station("wallbox-rfid", tmp_path / "first") as core:
        file = await (await log_in(core, "local")).export_config()
    async with running_station("parking-2", tmp_path / "second") as core:
        with pytest.raises(Invalid) as refused:
            await (await log_in(core, "local")).import_config(file)
        (only,) = refused.value.problems
        assert "for stations of the family wallbox, but this one is of the family parking" in only.message


async def test_only_the_administrator_and_the_machine_may(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        file = await (await log_in(core, "local")).export_config()
        user = await log_in(core, "user")
        with pytest.raises(NotAllowed):
            await user.export_config()
        for dry_run in (True, False):
            with pytest.raises(NotAllowed):
                await user.import_config(file, dry_run=dry_run)


async def test_somebody_who_saves_between_look_and_import_is_not_overruled(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        file = (await admin.export_config()).replace(b"zone = UTC", b"zone = Europe/Paris")
        looked = await admin.import_config(file, dry_run=True)
        seen = {change.key: change.old for change in looked.changes if change.old is not None}
        await admin.change_settings({"socket.1.derated_current": 16})
        with pytest.raises(Conflict) as refused:
            await admin.import_config(file, seen=seen)
        assert set(refused.value.details) == {"socket.1.derated_current"}
        assert dict(await values(admin))["time.zone"] == "UTC"


async def test_export_and_import_stand_in_the_log_with_old_and_new(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        file = (await admin.export_config()).replace(b"zone = UTC", b"zone = Europe/Paris")
        await admin.import_config(file)
        await core.tick()
        entries = [(each.action, each.subject, each.old, each.new) for each in await admin.log(LogQuery())]
        assert ("configuration_exported", "", None, None) in entries
        imported = entries.index(("configuration_imported", "1 settings", None, None))
        assert ("setting_changed", "time.zone", "UTC", "Europe/Paris") in entries[imported - 1 : imported + 2]


async def test_no_secret_is_in_the_file_the_look_the_log_or_a_refusal(tmp_path: Path) -> None:
    async with running_station("wallbox-rfid", tmp_path) as core:
        admin = await log_in(core)
        await admin.change_settings(dict.fromkeys(SECRETS, CANARY))
        file = await admin.export_config()
        assert CANARY.encode() not in file
        told = await admin.import_config(file.replace(b"zone = UTC", b"zone = Europe/Paris"))
        assert [each.key for each in told.secrets if each.set] == sorted(
            SECRETS, key=[each.key for each in told.secrets].index
        )
        leaking = file + f"publication.smtp.password = {CANARY}\n{CANARY} = 1\n{CANARY}\n".encode()
        with pytest.raises(Invalid) as refused:
            await admin.import_config(leaking)
        looked = await admin.import_config(leaking, dry_run=True)
        said = "".join(problem.message for problem in (*refused.value.problems, *looked.problems))
        log = "".join(map(str, await admin.log(LogQuery())))
        assert CANARY not in said + str(told) + log
    assert CANARY.encode() not in everything_in(tmp_path)
