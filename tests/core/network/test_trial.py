"""A change of the network comes back by itself unless somebody confirms it from the new one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from core.api import LogQuery, Origin, Station
from core.clock import SimulatedClock
from core.errors import Busy, Invalid, NotAllowed, NotFound
from core.network.marker import NAME
from core.station import StationCore
from tests.stations import PASSWORDS, everything_in, log_in, running_station

OLD, NEW = "192.168.0.102", "192.168.0.50"
MOVE = {"network.ip_address": NEW}


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[StationCore]:
    async with running_station("parking-2", tmp_path) as core:
        yield core


async def pass_time(core: StationCore, seconds: float) -> None:
    cast("SimulatedClock", core.parts.clock).advance(seconds)
    await core.tick()


async def log_in_again(core: StationCore, arrived_at: str = "") -> Station:
    origin = Origin(kind="ssh", address="::1", arrived_at=arrived_at)
    return await core.entrance().log_in("admin", PASSWORDS["admin"], origin)


async def saved_and_in_force(station: Station) -> tuple[str, str]:
    status = await station.network()
    return status.saved["network.ip_address"], status.in_force["network.ip_address"]


async def actions(core: StationCore, station: Station) -> list[str]:
    await core.parts.storage.flush()
    entries = await station.log(LogQuery())
    return [entry.action for entry in entries if entry.action.startswith(("network_", "setting_"))]


async def test_a_change_is_in_force_but_not_saved_until_a_new_session_confirms_it(core: StationCore) -> None:
    before = await log_in(core)
    outcome = await before.change_network(MOVE, confirm_within_s=60)
    assert (outcome.saved, outcome.confirm_within_s) == (True, 60)
    assert await saved_and_in_force(before) == (OLD, NEW)
    again = await log_in_again(core)
    status = await again.confirm_network()
    assert status.trial is None
    assert await saved_and_in_force(again) == (NEW, NEW)
    await pass_time(core, 3600)
    assert await saved_and_in_force(again) == (NEW, NEW)


async def test_both_addresses_move_and_the_log_says_who_did_what(core: StationCore) -> None:
    admin = await log_in(core)
    await admin.change_network(MOVE)
    assert core.parts.settings.text("network.ip_address_2") == "192.168.0.51"
    assert [point.designation for point in core.parts.charging.charge_points()] == ["50", "51"]
    await (await log_in_again(core)).confirm_network()
    assert sorted(await actions(core, admin)) == [
        "network_confirmed",
        "network_tried",
        "setting_changed",
        "setting_changed",
    ]


async def test_what_nobody_confirms_comes_back_with_an_entry_in_the_log(core: StationCore) -> None:
    admin = await log_in(core)
    await admin.change_network(MOVE, confirm_within_s=60)
    await pass_time(core, 59.0)
    assert await saved_and_in_force(admin) == (OLD, NEW)
    await pass_time(core, 1.0)
    assert await saved_and_in_force(admin) == (OLD, OLD)
    assert (await admin.network()).trial is None
    assert sorted(await actions(core, admin)) == ["network_restored", "network_tried"]
    (restored,) = await admin.log(LogQuery(account="station", kind="audit"))
    assert restored.action == "network_restored"
    assert not (core.parts.folder / NAME).exists()


async def test_a_session_from_before_the_change_cannot_confirm_it(core: StationCore) -> None:
    before = await log_in(core)
    await before.change_network(MOVE)
    with pytest.raises(NotAllowed, match="was there before the change"):
        await before.confirm_network()
    trial = (await before.network()).trial
    assert trial is not None
    assert NEW in trial.why_not


@pytest.mark.parametrize("kind", ["serial", "local"])
async def test_a_serial_line_and_the_machine_itself_may_confirm_what_they_changed(
    core: StationCore, kind: str
) -> None:
    someone = await log_in(core, "local") if kind == "local" else await log_in(core, kind=kind)
    await someone.change_network(MOVE)
    await someone.confirm_network()
    assert await saved_and_in_force(someone) == (NEW, NEW)


async def test_the_user_may_look_but_not_change_confirm_or_take_back(core: StationCore) -> None:
    user, admin = await log_in(core, "user"), await log_in(core)
    await admin.change_network(MOVE)
    assert await saved_and_in_force(user) == (OLD, NEW)
    for refused in (
        user.change_network(MOVE),
        user.confirm_network(),
        user.revert_network(),
        user.extend_network_trial(),
    ):
        with pytest.raises(NotAllowed, match="may not change the network"):
            await refused


async def test_nothing_else_of_the_network_is_changed_meanwhile(core: StationCore) -> None:
    admin = await log_in(core)
    await admin.change_network(MOVE, confirm_within_s=60)
    for change in (
        admin.change_network({"network.dns_other": "192.168.0.9"}),
        admin.change_settings({"network.dns_other": "192.168.0.9"}),
        admin.change_settings({"network.mac_address": "02:00:5E:10:00:01"}),
    ):
        with pytest.raises(Busy, match=r"by admin \(ssh ::1\) is on trial for another 60 s"):
            await change
    assert (await admin.change_settings({"meter.phase_neutral_voltage": 240})).saved


async def test_saving_a_form_takes_the_same_way_and_saves_the_rest(core: StationCore) -> None:
    admin = await log_in(core)
    outcome = await admin.change_settings({**MOVE, "meter.phase_neutral_voltage": 240})
    assert outcome.confirm_within_s == 120
    assert any(f"Log in at {NEW} within 120 s" in note.message for note in outcome.notes)
    assert core.parts.settings.value("meter.phase_neutral_voltage") == 240
    assert await saved_and_in_force(admin) == (OLD, NEW)
    await pass_time(core, 120)
    assert core.parts.settings.value("meter.phase_neutral_voltage") == 240
    assert await saved_and_in_force(admin) == (OLD, OLD)


async def test_a_dry_run_says_what_the_trial_would_be_and_begins_none(core: StationCore) -> None:
    admin = await log_in(core)
    outcome = await admin.change_settings(MOVE, dry_run=True)
    assert any(NEW in note.message for note in outcome.notes)
    assert (await admin.network()).trial is None


async def test_a_refused_value_begins_no_trial_and_saves_nothing_of_the_rest(core: StationCore) -> None:
    admin = await log_in(core)
    with pytest.raises(Invalid, match="last number must be 1 to 253"):
        await admin.change_settings(
            {"network.ip_address": "192.168.0.254", "meter.phase_neutral_voltage": 240}
        )
    assert core.parts.settings.value("meter.phase_neutral_voltage") == 230
    assert (await admin.network()).trial is None
    with pytest.raises(Invalid, match="is no setting of the network"):
        await admin.change_network({"time.zone": "Europe/Paris"})


@pytest.mark.parametrize("seconds", [9, 3601, -1])
async def test_the_time_to_confirm_has_a_range(core: StationCore, seconds: int) -> None:
    with pytest.raises(Invalid, match="must be 10 to 3600 s"):
        await (await log_in(core)).change_network(MOVE, confirm_within_s=seconds)


async def test_more_time_counts_from_when_it_is_asked_for(core: StationCore) -> None:
    admin = await log_in(core)
    await admin.change_network(MOVE, confirm_within_s=60)
    await pass_time(core, 50)
    trial = (await admin.extend_network_trial()).trial
    assert trial is not None
    assert trial.seconds_left == 60
    await pass_time(core, 59)
    assert await saved_and_in_force(admin) == (OLD, NEW)
    await pass_time(core, 1)
    assert await saved_and_in_force(admin) == (OLD, OLD)


async def test_a_trial_is_taken_back_at_once_when_somebody_asks(core: StationCore) -> None:
    admin = await log_in(core)
    await admin.change_network(MOVE)
    assert (await admin.revert_network()).trial is None
    assert await saved_and_in_force(admin) == (OLD, OLD)
    for nothing in (admin.revert_network(), admin.confirm_network(), admin.extend_network_trial()):
        with pytest.raises(NotFound, match="No change of the network is on trial"):
            await nothing


async def test_what_was_on_trial_at_the_end_of_the_station_is_gone_at_its_start(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core)).change_network(MOVE)
        assert (tmp_path / NAME).exists()
    assert (tmp_path / NAME).exists()
    async with running_station("parking-2", tmp_path) as again:
        await again.tick()
        local = await log_in(again, "local")
        assert await saved_and_in_force(local) == (OLD, OLD)
        assert "network_restored" in await actions(again, local)
        assert not (tmp_path / NAME).exists()


async def test_a_passphrase_on_trial_is_neither_shown_nor_on_the_disk(tmp_path: Path) -> None:
    secret = "Canary-0451"
    async with running_station("wallbox-key", tmp_path) as core:
        admin = await log_in(core)
        await admin.change_network({"wifi.ssid": "Yard", "wifi.passphrase": secret})
        assert core.parts.settings.text("wifi.passphrase") == secret
        said = f"{await admin.network()}{await admin.settings()}{await admin.log(LogQuery())}"
        assert secret not in said
        assert secret.encode() not in everything_in(tmp_path)
        await (await log_in_again(core)).confirm_network()
        assert core.parts.settings.value("wifi.passphrase") == secret
