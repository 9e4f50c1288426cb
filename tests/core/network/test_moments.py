"""Core or console is killed, or the station restarts, at each moment of a change of address."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest

from core.api import Entrance, Origin, Station
from core.clock import SimulatedClock
from core.errors import StationError
from core.link import LinkServer, connect
from core.network.marker import NAME
from core.station import StationCore
from tests.core.network.machine import MOMENTS, Machine
from tests.stations import PASSWORDS, log_in, running_station

OLD, NEW = ("192.168.0.102", "192.168.0.103"), ("192.168.0.50", "192.168.0.51")
MOVE = {"network.ip_address": NEW[0]}
CONFIRMS = ("unsaved", "saved")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(NEW[0], *OLD)
    machine.take_place(monkeypatch)
    for name in ("network", "farewell"):
        monkeypatch.setattr(f"core.network.{name}.GOODBYE_S", 0.0)
    return machine


async def at(core: StationCore, address: str) -> Station:
    """Somebody who has just logged in over SSH at this address of the station."""
    origin = Origin(kind="ssh", address="192.168.0.250", arrived_at=address)
    return await core.entrance().log_in("admin", PASSWORDS["admin"], origin)


async def change(core: StationCore, *, confirmed: bool) -> None:
    """As somebody at the machine does it: with no session that is lost on the way."""
    station = await log_in(core, "local")
    await station.change_network(MOVE)
    if confirmed:
        await station.confirm_network()


async def finds_its_way(folder: Path, machine: Machine, expected: tuple[str, ...]) -> None:
    """A station that starts on `folder` answers at the addresses saved there; nothing is on trial."""
    async with running_station("parking-2", folder) as again:
        await again.tick()
        assert machine.addresses == expected
        assert not (folder / NAME).exists()
        status = await (await log_in(again, "local")).network()
        assert (status.saved["network.ip_address"], status.trial) == (expected[0], None)


async def test_a_core_that_is_killed_at_any_moment_answers_at_the_saved_addresses(
    tmp_path: Path, machine: Machine
) -> None:
    left: dict[str, tuple[str, ...]] = {}

    def keep(moment: str) -> None:
        """What a kill leaves: the files and the machine's addresses as they are at this moment."""
        if moment not in left:
            left[moment] = machine.addresses
            shutil.copytree(tmp_path / "data", tmp_path / moment, copy_function=copied)

    async with running_station("parking-2", tmp_path / "data") as core:
        await core.tick()
        machine.at = keep
        await change(core, confirmed=True)
        machine.at = lambda _moment: None
    assert tuple(left) == MOMENTS
    assert [left[moment] for moment in MOMENTS] == [OLD, OLD, (), NEW, NEW, NEW]
    for moment, addresses in left.items():
        machine.addresses = addresses
        await finds_its_way(tmp_path / moment, machine, NEW if moment == "saved" else OLD)


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_station_that_restarts_at_any_moment_answers_at_the_saved_addresses(
    moment: str, tmp_path: Path, machine: Machine
) -> None:
    reached, stopped = asyncio.Event(), False
    loop = asyncio.get_running_loop()

    def stop_there(now: str) -> None:
        nonlocal stopped
        if now == moment and not stopped:
            stopped = True
            loop.call_soon_threadsafe(reached.set)

    async with running_station("parking-2", tmp_path) as core:
        await core.tick()
        machine.at = stop_there
        changing = asyncio.create_task(change(core, confirmed=moment in CONFIRMS))
        await reached.wait()
        changing.cancel()
        with suppress(asyncio.CancelledError, StationError):
            await changing
        machine.at = lambda _moment: None
    kept = core.parts.settings.value("network.ip_address") == NEW[0]
    assert kept == (moment in CONFIRMS)
    await finds_its_way(tmp_path, machine, NEW if kept else OLD)


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_console_that_is_killed_at_any_moment_takes_nobodys_way_to_the_station(
    moment: str, tmp_path: Path, machine: Machine
) -> None:
    """The link breaks under a call: the old addresses come back unless it is the confirmation."""
    async with running_station("parking-2", tmp_path) as core:
        await core.tick()
        await log_in(core)
        server = LinkServer(core.entrance, tmp_path)
        await server.start()
        try:
            console = await connect(tmp_path)
            station = await console.local(Origin(kind="local"))
            loop = asyncio.get_running_loop()
            reached: list[str] = []

            def kill(now: str) -> None:
                if now == moment:
                    reached.append(now)
                    asyncio.run_coroutine_threadsafe(close(console), loop)

            machine.at = kill
            with suppress(StationError):
                await station.change_network(MOVE)
                await station.confirm_network()
            machine.at = lambda _moment: None
            assert reached == [moment]
        finally:
            await server.stop()
        cast("SimulatedClock", core.parts.clock).advance(3600.0)
        await core.tick()
        kept = moment in CONFIRMS
        assert machine.addresses == (NEW if kept else OLD)
        assert core.parts.settings.value("network.ip_address") == (NEW if kept else OLD)[0]


async def test_everybody_at_a_lost_address_hears_of_the_next_one_and_nobody_else_is_sent_away(
    tmp_path: Path, machine: Machine
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await core.tick()
        local = await log_in(core)
        there, second = await at(core, OLD[0]), await at(core, OLD[1])
        heard = [asyncio.create_task(last_word(each)) for each in (there, second)]
        await asyncio.sleep(0)
        await there.change_network(MOVE, confirm_within_s=60)
        await core.parts.network.settled()
        assert [await each for each in heard] == [("address_gone", NEW[0], 60)] * 2
        assert machine.addresses == NEW
        assert [info.id for info in await local.sessions()] == [(await local.whoami()).id]


async def test_whoever_takes_a_change_back_from_the_address_on_trial_is_answered_first(
    tmp_path: Path, machine: Machine
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await core.tick()
        local = await log_in(core, kind="serial")
        await local.change_network(MOVE)
        there = await at(core, NEW[0])
        heard = asyncio.create_task(last_word(there))
        await asyncio.sleep(0)
        assert (await there.revert_network()).trial is None
        await core.parts.network.settled()
        assert await heard == ("address_gone", OLD[0], 0)
        assert machine.addresses == OLD


def copied(file: str, to: str) -> None:
    """Copy a file of a station that runs: what it removes meanwhile is gone."""
    with suppress(FileNotFoundError):
        shutil.copy2(file, to)


async def close(console: Entrance) -> None:
    await console.close()


async def last_word(station: Station) -> tuple[str, str, int]:
    """What the station says to a session as it ends it."""
    said = [fact async for fact in station.events()][-1]
    return said.reason, said.address, said.confirm_within_s  # type: ignore[union-attr]
