"""The modem: asked where it is, lost after three silences, back after two answers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit import Note
from core.causes import Causes
from core.errors import NotAllowed, NotFound
from core.modem.asking import is_neighbour, why_silent
from core.modem.watching import EVERY_SECONDS, WatchedModem
from core.profile import load_profile
from core.settings.store import Settings
from tests.core.readers.hand_clock import HandClock
from tests.stations import log_in, running_station

TABLE = """IP address       HW type     Flags       HW address            Mask     Device
192.168.0.254    0x1         0x2         00:11:22:33:44:55     *        eth0
192.168.0.253    0x1         0x0         00:00:00:00:00:00     *        eth0
"""


class Watched:
    """A modem that answers as told, watched on a clock that is turned by hand."""

    def __init__(self, saved: Mapping[str, str]) -> None:
        self.clock = HandClock()
        self.causes = Causes(self.clock, lambda: None, list[Note]().append)
        self.reason = ""
        self.asked: list[str] = []
        settings = Settings(load_profile("city-2"), dict(saved))
        self.modem = WatchedModem(settings, self.causes, self.clock, self._ask)

    async def _ask(self, address: str) -> str:
        self.asked.append(address)
        return self.reason

    async def rounds(self, count: int, reason: str) -> bool:
        """Whether the modem is lost after it has answered, or been silent, so often."""
        for _round in range(count):
            self.reason = reason
            await self.clock.passes_when_awaited(EVERY_SECONDS)
            await self.clock.is_awaited(EVERY_SECONDS)
        return self.causes.is_active(24)


@asynccontextmanager
async def watched(**saved: str) -> AsyncIterator[Watched]:
    bench = Watched({key.replace("__", "."): value for key, value in saved.items()})
    task = asyncio.create_task(bench.modem.run())
    await bench.clock.is_awaited(EVERY_SECONDS)
    try:
        yield bench
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_it_is_lost_after_three_silences_and_back_after_two_answers() -> None:
    async with watched() as bench:
        assert not await bench.rounds(2, "it does not answer")
        assert await bench.rounds(1, "it cannot be reached")
        (error,) = bench.causes.active()
        assert error.cause == "it cannot be reached"
        assert await bench.rounds(1, "")
        assert not await bench.rounds(1, "")


async def test_one_that_flickers_neither_comes_nor_goes() -> None:
    async with watched() as bench:
        for reason in ("silent", "silent", "", "silent", "silent", ""):
            assert not await bench.rounds(1, reason)
        assert await bench.rounds(3, "silent")
        for reason in ("", "silent", "", "silent"):
            assert await bench.rounds(1, reason)


async def test_it_is_the_gateway_or_where_none_is_set_the_modem_as_delivered() -> None:
    async with watched() as bench:
        await bench.rounds(1, "")
        assert set(bench.asked) == {"192.168.0.254"}
    async with watched(network__default_gateway="192.168.0.1") as bench:
        await bench.rounds(1, "")
        assert set(bench.asked) == {"192.168.0.1"}
        with pytest.raises(NotAllowed, match="simulated modem"):
            bench.modem.set_fault(True)


async def test_who_listens_and_who_refuses_are_both_there() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    async with server:
        assert await why_silent("127.0.0.1", port=port) == ""
    assert await why_silent("127.0.0.1", port=port) == ""


async def test_what_nobody_answers_for_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "arp"
    table.write_text(TABLE)
    monkeypatch.setattr("core.modem.asking.PATIENCE_S", 0.05)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port: int = deaf.getsockname()[1]
        crowd = [await _calling(port) for _caller in range(3)]
        assert await why_silent("127.0.0.1", port=port, neighbours=table) == "127.0.0.1 does not answer"
        table.write_text(TABLE.replace("192.168.0.254", "127.0.0.1"))
        assert await why_silent("127.0.0.1", port=port, neighbours=table) == ""
        for caller in crowd:
            caller.close()


async def _calling(port: int) -> socket.socket:
    """One more of those that fill the queue of a listener who takes nobody."""
    caller = socket.socket()
    caller.setblocking(False)
    caller.connect_ex(("127.0.0.1", port))
    await asyncio.sleep(0)
    return caller


@pytest.mark.parametrize(
    ("address", "is_there"), [("192.168.0.254", True), ("192.168.0.253", False), ("192.168.0.25", False)]
)
def test_a_neighbour_is_there_while_its_hardware_address_is_known(address: str, is_there: bool) -> None:
    assert is_neighbour(TABLE, address) is is_there


@given(table=st.text(max_size=400))
def test_any_table_of_neighbours_can_be_read(table: str) -> None:
    assert is_neighbour(table, "192.168.0.254") in {True, False}


async def test_only_a_station_with_a_modem_can_lose_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        assert "modem" not in (await local.sim_names())["faults"]
        with pytest.raises(NotFound, match="No fault modem"):
            await local.sim_fault(1, "modem", on=True)
