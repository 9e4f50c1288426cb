"""Following a time server: the clock is set, failures are Err #31, and it recovers by itself."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.api import LogQuery
from core.clock import SimulatedClock
from core.errors import Invalid
from core.station import StationCore
from core.timekeeping.drivers import SimulatedClockDriver
from core.values.timekeeping import ClockStatus
from tests.core.timekeeping.keeping_time import BY_SERVER, PATIENT, station_with, until
from tests.peers.cable import unused_port
from tests.peers.time_server import TimeServer
from tests.stations import NOON, log_in


def clock_of(core: StationCore) -> SimulatedClock:
    assert isinstance(core.parts.clock, SimulatedClock)
    return core.parts.clock


def running() -> SimulatedClock:
    """A clock that goes on while a test compares it with the server's."""
    return SimulatedClock(start=NOON, speed=1)


async def set_entries(core: StationCore) -> list[tuple[str, str]]:
    await core.parts.storage.flush()
    found = await core.parts.audit.entries(LogQuery(last=100))
    return [(each.account, each.text) for each in found if each.action == "clock_set"]


def is_right(core: StationCore, ahead: float = 0.0) -> bool:
    return abs(core.parts.clock.now().timestamp() - time.time() - ahead) < 1.0


def has_waited(now: ClockStatus) -> bool:
    """A round has failed, and the next one is not due."""
    return now.state == "failing" and now.next_sync is not None and now.next_sync > now.time


async def test_the_clock_follows_the_server_from_the_year_2000_and_says_so(tmp_path: Path) -> None:
    clock = SimulatedClock(start=datetime(2000, 1, 1, tzinfo=UTC), speed=1)
    with TimeServer() as server:
        async with station_with(tmp_path, server.port, clock=clock) as core:
            admin = await log_in(core)
            await admin.change_settings(BY_SERVER)
            status = await until(core, lambda now: now.state == "synchronised")
            assert is_right(core)
            assert status.last_sync is not None
            assert status.stratum == 2
            assert server.questions == 4
            assert await set_entries(core) == [("station", "by time server time.example.org")]
            assert (await admin.status()).errors == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"answers": False}, "no answer within 0.05 s"),
        ({"stratum": 16}, "its own clock is not set"),
        ({"leap": 3}, "its own clock is not set"),
        ({"stratum": 0, "reference": b"DENY"}, "refuses to serve this station"),
        ({"stratum": 0, "reference": b"RATE"}, "asked too often"),
        ({"right_origin": False}, "answers another question"),
        ({"mode": 3}, "no answer of a time server"),
        ({"version": 2}, "no answer of a time server"),
        ({"raw": b"hello"}, "too short"),
        ({"root_dispersion": 4.0}, "may be wrong by more than a second"),
        ({"ahead": 80 * 365.25 * 86400}, "not between 2025 and 2099"),
    ],
)
async def test_a_silent_or_wrong_server_is_error_31_and_never_sets_the_clock(
    tmp_path: Path, wrong: dict[str, object], said: str
) -> None:
    with TimeServer() as server:
        for name, value in wrong.items():
            setattr(server, name, value)
        async with station_with(tmp_path, server.port) as core:
            admin = await log_in(core)
            await admin.change_settings(BY_SERVER)
            status = await until(core, lambda now: now.state == "failing")
            assert said in status.said
            assert [error.number for error in (await admin.status()).errors] == [31]
            assert core.parts.clock.now() == NOON
            assert await set_entries(core) == []


async def test_a_closed_port_is_told_and_recovers_when_the_server_is_there(tmp_path: Path) -> None:
    port = unused_port()
    async with station_with(tmp_path, port) as core:
        admin = await log_in(core)
        await admin.change_settings(BY_SERVER)
        status = await until(core, lambda now: now.state == "failing")
        assert status.said == "Ask 127.0.0.1: nothing listens for time there"


async def test_it_is_asked_again_with_growing_pauses_and_recovers_by_itself(tmp_path: Path) -> None:
    with TimeServer() as server:
        server.answers = False
        async with station_with(tmp_path, server.port) as core:
            admin = await log_in(core)
            await admin.change_settings(BY_SERVER)
            pauses = []
            for _round in range(8):
                status = await until(core, has_waited)
                assert status.next_sync is not None
                pauses.append((status.next_sync - status.time).total_seconds())
                clock_of(core).advance(pauses[-1])
            assert pauses == [16, 32, 64, 128, 256, 512, 1024, 1024]
            await until(core, has_waited)
            server.answers = True
            clock_of(core).advance(1024)
            await until(core, lambda now: now.state == "synchronised")
            assert (await admin.status()).errors == ()
            await core.parts.storage.flush()
            actions = [each.action for each in await core.parts.audit.entries(LogQuery(last=50))]
            assert actions.count("time_server_lost") == actions.count("time_server_back") == 1


async def test_a_server_that_jumps_is_doubted_until_it_has_said_so_three_times(tmp_path: Path) -> None:
    with TimeServer() as server:
        async with station_with(tmp_path, server.port, clock=running()) as core:
            await (await log_in(core)).change_settings(BY_SERVER)
            await until(core, lambda now: now.state == "synchronised")
            server.ahead = 7200.0
            for _round in range(2):
                clock_of(core).advance(1024)
                status = await until(core, has_waited)
                assert "has jumped" in status.said
                assert len(await set_entries(core)) == 1
            clock_of(core).advance(1024)
            await until(core, lambda now: now.state == "synchronised")
            assert is_right(core, 7200.0)


async def test_manual_mode_asks_nobody_and_ends_the_error(tmp_path: Path) -> None:
    with TimeServer() as server:
        server.answers = False
        async with station_with(tmp_path, server.port) as core:
            admin = await log_in(core)
            await admin.change_settings(BY_SERVER)
            await until(core, lambda now: now.state == "failing")
            await admin.change_settings({"time.mode": "manual"})
            await until(core, lambda now: now.state == "manual")
            assert (await admin.status()).errors == ()
            asked = server.questions
            clock_of(core).advance(100_000)
            await core.tick()
            assert server.questions == asked
            with pytest.raises(Invalid, match="set manually"):
                await admin.sync_clock()


async def test_somebody_who_asks_gets_the_time_now_and_is_in_the_log(tmp_path: Path) -> None:
    with TimeServer() as server:
        async with station_with(tmp_path, server.port, clock=running()) as core:
            admin = await log_in(core)
            await admin.change_settings(BY_SERVER)
            await until(core, lambda now: now.state == "synchronised")
            server.ahead = 86400.0
            change = await admin.sync_clock()
            assert change.changed
            assert is_right(core, 86400.0)
            assert (await set_entries(core))[-1] == ("admin", "by time server time.example.org")
            server.answers = False
            failed = await admin.sync_clock()
            assert (failed.changed, failed.step) == (False, "Ask 127.0.0.1")
            assert "no answer" in failed.said


async def test_a_test_says_every_step_and_sets_nothing(tmp_path: Path) -> None:
    with TimeServer(ahead=30.0) as server:
        clock = SimulatedClock(speed=1)
        async with station_with(tmp_path, server.port, clock=clock) as core:
            admin = await log_in(core)
            test = await admin.test_time_server({"time.ntp_server": "other.example.org"})
            assert test.ok
            assert [step.name for step in test.steps] == [
                "Find 127.0.0.1",
                "Ask 127.0.0.1",
                "Its clock",
                "Compare",
            ]
            assert test.steps[1].said.startswith("4 of 4 answers")
            assert "s behind" in test.steps[3].said
            assert is_right(core)
            server.stratum = 16
            failed = await admin.test_time_server()
            assert not failed.ok
            assert failed.steps[-1].said == "the server says that its own clock is not set"


async def test_an_ipv6_server_and_one_that_has_no_name(tmp_path: Path) -> None:
    from core.timekeeping.measuring import Unanswered, measure
    from tests.core.timekeeping.keeping_time import QUICK

    with TimeServer(address="::1") as server:
        found = await measure("::1", server.port, QUICK)
        assert abs(found.ahead + time.monotonic() - time.time()) < 0.5
    with pytest.raises(Unanswered, match="not known"):
        await measure("no-such-host.invalid", 123, QUICK)


async def test_a_step_of_the_station_clock_during_a_round_changes_nothing_of_what_was_measured(
    tmp_path: Path,
) -> None:
    with TimeServer() as server:
        async with station_with(tmp_path, server.port, clock=running()) as core:
            await (await log_in(core)).change_settings(BY_SERVER)
            clock_of(core).step(NOON - timedelta(days=9000))
            await until(core, lambda now: now.state == "synchronised")
            assert is_right(core)


async def test_an_answer_that_comes_too_late_is_no_answer(tmp_path: Path) -> None:
    with TimeServer(ahead=86400.0) as server:
        server.late.clear()
        async with station_with(tmp_path, server.port) as core:
            await (await log_in(core)).change_settings(BY_SERVER)
            await until(core, has_waited)
            server.answers = True
            server.late.set()
            for _tick in range(20):
                await core.tick()
            assert core.parts.clock.now() == NOON
            assert await set_entries(core) == []


async def test_whatever_a_server_sends_the_clock_is_not_set_by_it(tmp_path: Path) -> None:
    lengths = (0, 1, 47, 48, 49, 68, 500)
    with TimeServer() as server:
        async with station_with(tmp_path, server.port) as core:
            await (await log_in(core)).change_settings(BY_SERVER)
            for length in lengths:
                server.raw = hashlib.shake_256(bytes([length % 256])).digest(length)
                assert (await until(core, has_waited)).said
                clock_of(core).advance(1024)
            await until(core, has_waited)
            assert core.parts.clock.now() == NOON + timedelta(seconds=len(lengths) * 1024)
            assert await set_entries(core) == []


class Machine(SimulatedClockDriver):
    """Sets the clock as the simulated driver does, and notes what it is to slew."""

    def __init__(self, clock: SimulatedClock, keeper: str = "") -> None:
        super().__init__(clock)
        self.slewed: list[float] = []
        self.kept_by = keeper

    def keeper(self) -> str:
        return self.kept_by

    def slew(self, seconds: float) -> None:
        self.slewed.append(seconds)


async def test_a_little_is_slewed_and_is_no_step_for_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = running()
    machine = Machine(clock)
    monkeypatch.setattr("core.assembly.clock_driver", lambda _clock: machine)
    with TimeServer() as server:
        async with station_with(tmp_path, server.port, clock=clock) as core:
            core.parts.timekeeping.manners = PATIENT
            admin = await log_in(core)
            await admin.change_settings(BY_SERVER)
            await until(core, lambda now: now.state == "synchronised")
            server.ahead = 0.3
            assert not (await admin.sync_clock()).changed
            assert [round(each, 1) for each in machine.slewed] == [0.3]
            assert len(await set_entries(core)) == 1


async def test_beside_a_program_that_keeps_the_clock_the_station_only_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = running()
    machine = Machine(clock, "chrony")
    monkeypatch.setattr("core.assembly.clock_driver", lambda _clock: machine)
    with TimeServer() as server:
        async with station_with(tmp_path, server.port, clock=clock) as core:
            core.parts.timekeeping.manners = PATIENT
            admin = await log_in(core)
            await admin.change_settings(BY_SERVER)
            status = await until(core, lambda now: now.state == "synchronised")
            assert status.keeper == "chrony"
            assert abs(status.offset_s or 0.0) > 1000
            assert (await set_entries(core), machine.slewed) == ([], [])
