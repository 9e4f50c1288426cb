"""Software on trial: it stays when all of it works, and goes with the reason when something does not."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core import proving
from core.firmware import marker, slots
from core.firmware.slots import Candidate, Slots
from core.link import LinkServer
from core.station import StationCore
from tests.stations import log_in, running_station

WORKS = ("-c", "")
BREAKS = ("-c", "raise SystemExit(7)")


@asynccontextmanager
async def on_trial(folder: Path, *, answering: tuple[int, ...] = (1, 2)) -> AsyncIterator[StationCore]:
    """A station that answers on its socket, whose images are on trial on the installed software."""
    candidate = Candidate(slot="", version="5.0", minimum="0.1.0", board="7.2", answering=answering)
    waiting = slots.written(Slots(), candidate, version="0.1.0", running="")
    marker.write_marker(folder, slots.started(waiting, whole=frozenset(("",)), installed="0.1.0"))
    async with running_station("parking-2", folder) as core:
        server = LinkServer(core.entrance, folder)
        await server.start()
        try:
            yield core
        finally:
            await server.stop()


def outcome(folder: Path) -> tuple[str, str]:
    last = marker.read_marker(folder).outcome
    return ("", "") if last is None else (last.result, last.reason)


async def test_what_works_stays_and_the_alarm_is_switched_off(tmp_path: Path) -> None:
    async with on_trial(tmp_path) as core:
        signal.alarm(600)
        await proving.prove(core.parts, tmp_path, console=WORKS)
        assert signal.alarm(0) == 0
        assert outcome(tmp_path) == ("installed", "")
        admin = await log_in(core, "admin")
        assert [row.board for row in (await admin.hardware()).versions] == ["simulated 7.2"] * 2
        assert not core.parts.ending.is_restarting


async def test_a_console_that_does_not_start_is_a_reason_to_return(tmp_path: Path) -> None:
    async with on_trial(tmp_path) as core:
        await proving.prove(core.parts, tmp_path, console=BREAKS)
        assert outcome(tmp_path) == ("returned", "its console does not start (code 7)")
        assert await core.ended() == "restart"


async def test_a_charge_point_that_answered_before_and_does_not_now_is_a_reason_to_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "BOARDS_SECONDS", proving.LOOK_SECONDS)
    async with on_trial(tmp_path) as core:
        await (await log_in(core, "local")).sim_fault(2, "board_silent", True)
        await proving.prove(core.parts, tmp_path, console=WORKS)
        result, reason = outcome(tmp_path)
        assert (result, reason) == ("returned", "the board of charge point 2 does not answer any more")


async def test_a_charge_point_that_did_not_answer_before_either_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "BOARDS_SECONDS", proving.LOOK_SECONDS)
    async with on_trial(tmp_path, answering=(1,)) as core:
        await (await log_in(core, "local")).sim_fault(2, "board_silent", True)
        await proving.prove(core.parts, tmp_path, console=WORKS)
        assert outcome(tmp_path) == ("installed", "")


async def test_a_station_that_does_not_answer_on_its_socket_returns(tmp_path: Path) -> None:
    async with on_trial(tmp_path) as core:
        await proving.prove(core.parts, tmp_path / "elsewhere", console=WORKS)
        assert outcome(tmp_path)[0] == "returned"


async def test_without_a_trial_nothing_is_proved(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await proving.prove(core.parts, tmp_path, console=BREAKS)
        assert not marker.firmware_folder(tmp_path).exists()
