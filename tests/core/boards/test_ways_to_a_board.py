"""Boards behind serial servers, and two of them on one line, as a hardware profile names them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from core.boards.making import make_boards, real_boards
from core.lines import opening
from core.modbus import ModbusLines, connection
from core.profile import parse_profile
from tests.core.boards.bench import Bench, bench
from tests.core.boards.conftest import Thinking
from tests.core.boards.models.evse_wb import EvseWbModel
from tests.core.boards.models.network_end import NetworkEnd
from tests.core.boards.models.openevse import OpenEvseModel
from tests.core.readers.hand_clock import HandClock
from tests.core.readers.models.line_end import LineEnd

SOCKET = '[[socket]]\ntype = "T2"\ncable = "socket-outlet"\nphases = 3\n'


def profile(*boards: tuple[str, str]) -> str:
    """A station with these boards: driver and link."""
    tables = "".join(f'[[board]]\ndriver = "{driver}"\nlink = "{link}"\n' for driver, link in boards)
    return (
        f'family = "parking"\ncharge_points = {len(boards)}\nrfid_reader = false\n'
        f'{SOCKET * len(boards)}{tables}[clock]\ndriver = "system"\n'
    )


class Connecting(Thinking):
    """With the seconds in which a network address is to answer."""

    def __contains__(self, seconds: object) -> bool:
        return seconds in (opening.CONNECT_SECONDS, connection.CONNECT_SECONDS) or super().__contains__(
            seconds
        )


async def running(stack: AsyncExitStack, clock: HandClock, *boards: tuple[str, str]) -> list[Bench]:
    """Run the boards of a station."""
    made = make_boards(parse_profile(profile(*boards), name="mine"), ModbusLines(clock), pace=clock)
    return [await stack.enter_async_context(bench(board, clock, Connecting())) for board in real_boards(made)]


@pytest.fixture
async def network() -> AsyncIterator[NetworkEnd]:
    """Give a serial server."""
    end = NetworkEnd()
    await end.serve()
    yield end
    end.pull_out()


async def test_an_openevse_behind_a_serial_server_charges_and_is_found_again(
    network: NetworkEnd, clock: HandClock
) -> None:
    model = OpenEvseModel(network, now=clock.elapsed)
    async with AsyncExitStack() as stack:
        (board,) = await running(stack, clock, ("openevse_rapi", f"tcp://127.0.0.1:{network.port}"))
        await board.answers()
        model.plug("C")
        board.offer(16.0)
        await board.reads(lambda read: read.modulated)
        network.pull_out()
        await board.until(lambda: board.readings is None)
        await network.serve()
        await board.reads(lambda read: read.pilot == 9.0)


async def test_an_evse_wb_behind_a_serial_server_charges_and_is_found_again(
    network: NetworkEnd, clock: HandClock
) -> None:
    model = EvseWbModel(network, now=clock.elapsed)
    link = f"tcp://127.0.0.1:{network.port}?framing=rtu"
    async with AsyncExitStack() as stack:
        (board,) = await running(stack, clock, ("evse_modbus", link))
        await board.answers()
        model.plug("C")
        board.offer(16.0)
        await board.reads(lambda read: read.modulated)
        network.pull_out()
        await board.until(lambda: board.readings is None)
        await network.serve()
        await board.reads(lambda read: read.pilot == 9.0)
    assert model.hurried == 0


async def test_two_boards_share_a_line(line: LineEnd, clock: HandClock) -> None:
    models = [EvseWbModel(line, now=clock.elapsed, unit=unit) for unit in (1, 2)]

    def heard(received: bytes) -> None:
        for model in models:
            model.hear(received)

    line.on_received = heard
    device = f"serial://{line.path.resolve()}"
    boards = [("evse_modbus", f"{device}?unit={unit}") for unit in (1, 2)]
    async with AsyncExitStack() as stack:
        first, second = await running(stack, clock, *boards)
        await first.answers()
        await second.answers()
        models[1].plug("C", cable=20)
        second.offer(16.0)
        await second.reads(lambda read: read.modulated)
        assert [model.offered for model in models] == [0, 16]
        assert [model.hurried for model in models] == [0, 0]
        models[0].mute = True
        await first.is_silent_beside(second)
        assert second.readings is not None
