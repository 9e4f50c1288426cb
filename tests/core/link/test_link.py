"""A station behind the socket cannot be told from one in the same process."""

from __future__ import annotations

import asyncio
import os
import socket
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import api
from core.api import Origin, RecordQuery
from core.errors import Busy, Invalid, LogInRefused, NotAllowed, NotFound, PasswordMustChange, TryLater
from core.events import SessionEnded, SettingsChanged, StationRestarting
from core.link import LinkServer, connect
from core.link.address import SOCKET_FILE, lock
from core.link.frames import Call, Cancel, frame
from core.station import StationCore
from tests.stations import PASSWORDS, log_in, running_station

SSH = Origin(kind="ssh", address="::1")
LOCAL = Origin(kind="local")
NOBODY = api.BadgePage(badges=(), found=0, total=0)


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[StationCore]:
    async with running_station("parking-2", tmp_path) as core:
        server = LinkServer(core.entrance, tmp_path)
        await server.start()
        try:
            yield core
        finally:
            await server.stop()


async def remote(core: StationCore, account: str = "admin") -> api.Station:
    """Log in over the socket, with a password that was set."""
    await log_in(core, account)
    entrance = await connect(core.parts.folder)
    return await entrance.log_in(account, PASSWORDS[account], SSH)


async def test_welcome_and_status_are_the_same_on_both_sides(core: StationCore) -> None:
    entrance = await connect(core.parts.folder)
    assert await entrance.welcome() == await core.entrance().welcome()
    local, far = await log_in(core), await remote(core)
    assert await far.status() == await local.status()
    assert await far.settings() == await local.settings()
    assert await far.hardware() == await local.hardware()
    assert await far.records(RecordQuery()) == await local.records(RecordQuery())
    assert await far.sim_names() == await local.sim_names()


async def test_errors_arrive_with_their_kind_and_their_words(core: StationCore) -> None:
    entrance = await connect(core.parts.folder)
    with pytest.raises(LogInRefused) as refused:
        await entrance.log_in("admin", "wrong", SSH)
    assert refused.value.details == {"wait_s": "0"}
    station = await entrance.log_in("admin", "ADMIN", SSH)
    with pytest.raises(PasswordMustChange):
        await station.status()
    with pytest.raises(Invalid) as invalid:
        await station.change_password("admin", "ADMIN")
    assert [problem.message[:21] for problem in invalid.value.problems] == [
        "The password needs: a",
        "The password must not",
        "The password must not",
    ]
    await station.change_password("admin", PASSWORDS["admin"])
    with pytest.raises(NotFound, match="77"):
        await station.record(77)


async def test_without_a_log_in_there_is_no_station(core: StationCore) -> None:
    entrance = await connect(core.parts.folder)
    station = await entrance.log_in("user", "USER", SSH)
    await station.log_out()
    with pytest.raises(NotAllowed):
        await station.whoami()
    again = await entrance.log_in("user", "USER", SSH)
    assert (await again.whoami()).account == "user"


async def test_one_connection_carries_one_session(core: StationCore) -> None:
    entrance = await connect(core.parts.folder)
    await entrance.local(LOCAL)
    with pytest.raises(NotAllowed, match="already"):
        await entrance.local(LOCAL)


async def test_events_begin_when_they_are_asked_for_and_end_with_the_session(core: StationCore) -> None:
    admin, user = await log_in(core), await remote(core, "user")
    events = user.events()
    await user.whoami()
    for value in ("outdoor", "indoor"):
        await admin.change_settings({"general.station_location": value})
    (me,) = [one.id for one in await admin.sessions() if one.account == "user" and one.origin == SSH][-1:]
    await admin.close_session(me)
    kinds = [type(event) async for event in events]
    assert SettingsChanged in kinds
    assert kinds[-1] is SessionEnded
    with pytest.raises(NotAllowed):
        await user.status()


class SlowStation:
    """Takes what is done to it down; the first thing takes until `go`."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.done: list[str] = []

    async def local(self, origin: Origin) -> SlowStation:
        return self

    async def close(self) -> None:
        self.done.append("closed")

    async def sim_badge(self, uid: str, point: int | None = None) -> None:
        if not self.done:
            self.done.append("first begun")
            await self.go.wait()
        self.done.append(uid)

    async def badges(self, query: api.BadgeQuery) -> api.BadgePage:
        return NOBODY


async def test_what_is_done_keeps_its_order_while_reads_go_past(tmp_path: Path) -> None:
    slow = SlowStation()
    server = LinkServer(lambda: cast("api.Entrance", slow), tmp_path)
    await server.start()
    entrance = await connect(tmp_path)
    station = await entrance.local(LOCAL)
    done = [asyncio.create_task(station.sim_badge(uid)) for uid in ("one", "two", "three")]
    assert await station.badges() == NOBODY
    assert await station.badges() == NOBODY
    assert slow.done == ["first begun"]
    slow.go.set()
    await asyncio.gather(*done)
    assert slow.done == ["first begun", "one", "two", "three"]
    await entrance.close()
    await server.stop()


async def test_what_was_begun_is_done_even_when_its_client_is_gone(tmp_path: Path) -> None:
    slow = SlowStation()
    server = LinkServer(lambda: cast("api.Entrance", slow), tmp_path)
    await server.start()
    entrance = await connect(tmp_path)
    station = await entrance.local(LOCAL)
    begun = asyncio.create_task(station.sim_badge("one"))
    assert await station.badges() == NOBODY
    begun.cancel()
    await entrance.close()
    slow.go.set()
    await server.stop()
    assert slow.done == ["first begun", "one", "closed"]


async def test_hanging_up_ends_the_session(core: StationCore) -> None:
    admin = await log_in(core)
    entrance = await connect(core.parts.folder)
    await entrance.local(LOCAL)
    events = admin.events()
    assert "local" in {one.account for one in await admin.sessions()}
    await entrance.close()
    while "local" in {one.account for one in await admin.sessions()}:
        await anext(events)


async def test_a_lost_link_says_try_later_and_ends_the_events(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        server = LinkServer(core.entrance, tmp_path)
        await server.start()
        entrance = await connect(tmp_path)
        station = await entrance.local(LOCAL)
        events = station.events()
        await station.restart()
        await server.stop()
        assert StationRestarting(by="local") in [event async for event in events]
        with pytest.raises(TryLater):
            await station.whoami()
        assert [event async for event in station.events()] == []
        with pytest.raises(TryLater):
            await connect(tmp_path)


async def test_a_cancelled_call_leaves_the_connection_in_use(core: StationCore) -> None:
    station = await remote(core)
    calls = [asyncio.create_task(station.records(RecordQuery())) for _ in range(10)]
    await asyncio.sleep(0)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    assert (await station.whoami()).account == "admin"


async def test_the_socket_is_for_its_owner_only(core: StationCore) -> None:
    mode = (core.parts.folder / SOCKET_FILE).stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


async def test_a_data_folder_with_a_very_long_path_works(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 40) / ("longer" * 30)
    async with running_station("wallbox-key", folder) as core:
        server = LinkServer(core.entrance, folder)
        await server.start()
        entrance = await connect(folder)
        assert (await entrance.welcome()).serial_number
        await entrance.close()
        await server.stop()


async def test_what_a_dead_station_left_behind_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / SOCKET_FILE).write_bytes(b"")
    async with running_station("parking-2", tmp_path) as core:
        server = LinkServer(core.entrance, tmp_path)
        await server.start()
        entrance = await connect(tmp_path)
        assert await entrance.welcome() == await core.entrance().welcome()
        await entrance.close()
        await server.stop()


def test_a_second_station_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    held = lock(tmp_path)
    with pytest.raises(Busy, match="already runs"):
        lock(tmp_path)
    os.close(held)
    os.close(lock(tmp_path))


GARBAGE = st.binary(max_size=64) | st.sampled_from(
    [
        b"\xff" * 8,
        b"\x00\x00\x00\x02{}",
        b"\x00\x00\x00\x05hello",
        b"\x00\x00\x00\x00",
        frame(Call(id=1, door="entrance", method="welcome", arguments=msgspec.Raw(b"{}"))),
        frame(Call(id=1, door="entrance", method="__init__", arguments=msgspec.Raw(b"{}"))),
        frame(Call(id=2, door="station", method="status", arguments=msgspec.Raw(b"[1"))),
        frame(Call(id=3, door="nowhere", method="events", arguments=msgspec.Raw(b"{}"))),
        frame(Call(id=4, door="entrance", method="log_in", arguments=msgspec.Raw(b"{}"))),
        frame(Cancel(id=9)),
    ]
)


async def test_bytes_of_a_stranger_end_his_connection_only(core: StationCore) -> None:
    path = str(core.parts.folder / SOCKET_FILE)
    quiet = await connect(core.parts.folder)

    @given(st.lists(GARBAGE, min_size=1, max_size=6))
    def disturb(garbage: list[bytes]) -> None:
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(path)
            stranger.sendall(b"".join(garbage))
            stranger.shutdown(socket.SHUT_WR)
            while stranger.recv(65536):
                pass

    await asyncio.to_thread(disturb)
    assert await quiet.welcome() == await core.entrance().welcome()
    await quiet.close()
