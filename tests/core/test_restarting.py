"""A restart while cars charge: refused with the choice, at once, or when no charge is open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.api import LogQuery, RecordQuery, Station, Vehicle
from core.charge_points.simulated import SimulatedBoard
from core.errors import Busy, NotFound
from core.station import StationCore
from tests.stations import NOON, log_in, running_station


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[StationCore]:
    async with running_station("parking-2", tmp_path) as running:
        yield running


async def charging(core: StationCore, account: str = "admin", *points: int) -> Station:
    """Log in at a station where charges are open."""
    station = await log_in(core, account)
    local = await log_in(core, "local")
    for point in points or (1,):
        await local.sim_plug(point, Vehicle())
        await local.sim_badge(f"04A1B2{point:02}", point)
    return station


async def test_without_a_choice_a_station_that_charges_is_not_restarted(core: StationCore) -> None:
    user = await charging(core, "user", 1, 2)
    with pytest.raises(Busy, match=r"charge point 1, 2.*now.*when no car charges"):
        await user.restart("if_free")
    assert not core.parts.ending.is_restarting
    assert all(point.session for point in (await user.status()).charge_points)


async def test_without_a_charge_each_choice_restarts_at_once(core: StationCore) -> None:
    admin = await log_in(core)
    assert await admin.restart("when_free") is None
    assert await core.ended() == "restart"


async def test_a_restart_waits_until_the_last_charge_has_ended(core: StationCore) -> None:
    user = await charging(core, "user", 1, 2)
    waiting = await user.restart("when_free")
    local = await log_in(core, "local")
    for point in (1, 2):
        await core.tick()
        status = await user.status()
        assert status.station.restart_waiting == waiting
        assert (status.station.state, status.station.light) == ("Operational", "charging")
        await local.sim_unplug(point)
    await core.tick()
    status = await user.status()
    assert (status.station.state, status.station.light) == ("Restarting", "off")
    assert status.station.restart_waiting is None
    assert await core.ended() == "restart"
    records = (await user.records(RecordQuery())).records
    assert {record.stop_reason for record in records} == {"vehicle_unplugged"}


async def test_what_waits_names_who_asked_and_since_when_and_is_in_the_log(core: StationCore) -> None:
    user = await charging(core, "user")
    waiting = await user.restart("when_free")
    assert waiting is not None
    assert (waiting.account, waiting.origin, waiting.since) == ("user", "ssh ::1", NOON)
    admin = await log_in(core)
    assert await admin.restart("when_free") == waiting
    assert await admin.take_back_restart() == waiting
    await core.parts.storage.flush()
    log = [entry for entry in await admin.log(LogQuery()) if "restart" in entry.action]
    assert [(entry.action, entry.account) for entry in log] == [
        ("restart_postponed", "user"),
        ("restart_taken_back", "admin"),
    ]


async def test_what_was_taken_back_never_happens(core: StationCore) -> None:
    admin = await charging(core)
    await admin.restart("when_free")
    await admin.take_back_restart()
    assert (await admin.status()).station.restart_waiting is None
    await admin.sim_unplug(1)
    await core.tick()
    assert not core.parts.ending.is_restarting
    with pytest.raises(NotFound):
        await admin.take_back_restart()


async def test_a_restart_now_ends_the_charge_and_fulfils_what_waits(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await charging(core)
        await admin.restart("when_free")
        await admin.sim_advance(NOON + timedelta(minutes=10))
        assert await admin.restart("now") is None
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        assert (await admin.status()).station.restart_waiting is None
        (record,) = (await admin.records(RecordQuery())).records
        assert (record.stop_reason, record.duration_s) == ("restart", 600)


async def test_the_light_goes_off_at_a_restart_and_on_again_after_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        board = core.parts.boards[0]
        assert isinstance(board, SimulatedBoard)
        lights = [board.light]

        async def look() -> None:
            await core.tick()
            lights.append(board.light)

        await look()
        admin = await charging(core)
        await look()
        await admin.sim_unplug(1)
        await admin.sim_fault(1, "contactor", True)
        await look()
        await admin.sim_fault(1, "contactor", False)
        await look()
        await admin.restart()
        lights.append(board.light)
        await look()
    assert lights == ["off", "ready", "charging", "fault", "ready", "off", "off"]
    async with running_station("parking-2", tmp_path) as core:
        await core.tick()
        assert (await (await log_in(core)).status()).station.light == "ready"
