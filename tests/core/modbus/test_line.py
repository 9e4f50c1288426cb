"""A Modbus line against devices with frame code of their own, and a network one against another server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from core.lines.port import DeviceLost
from core.modbus import ModbusLine, ModbusLines, ModbusLink, NoAnswer, Refused
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock
from tests.core.readers.models.line_end import LineEnd

T = TypeVar("T")
SERIAL_NUMBER = (129, 2)


def link_of(wire: LineEnd, baud: int = 19200) -> ModbusLink:
    return ModbusLink(device=str(wire.path), baud=baud)


async def in_vain(clock: HandClock, bus: RtuBus, work: Coroutine[Any, Any, T]) -> T:
    """Let the time for an answer pass as soon as the request has come."""
    before = len(bus.heard)
    task = asyncio.ensure_future(work)
    await bus.hears(before + 1)
    await clock.passes_to_the_next()
    return await task


async def guarded(work: Awaitable[T]) -> T:
    async with asyncio.timeout(GUARD_SECONDS):
        return await work


def number(registers: tuple[int, ...]) -> int:
    return registers[0] << 16 | registers[1]


async def test_two_units_of_one_line_answer_whoever_asks_at_the_same_time(wire: LineEnd, bus: RtuBus) -> None:
    lines = ModbusLines(HandClock())
    with lines.joined(link_of(wire)) as line, lines.joined(link_of(wire)) as same:
        assert same is line
        answers = await guarded(_both(line, same))
    assert list(map(number, answers)) == [2222, 3333]


async def _both(line: ModbusLine, same: ModbusLine) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return await asyncio.gather(line.read(2, *SERIAL_NUMBER), same.read(3, *SERIAL_NUMBER))


async def test_two_requests_are_a_silence_apart(wire: LineEnd, bus: RtuBus) -> None:
    clock = HandClock()
    line = ModbusLine(link_of(wire), clock, silence=0.125)
    await guarded(line.read(2, *SERIAL_NUMBER))
    second = asyncio.ensure_future(line.read(2, *SERIAL_NUMBER))
    await clock.is_awaited(0.125)
    assert len(bus.heard) == 1
    clock.passes(0.125)
    assert number(await guarded(second)) == 2222
    line.close()


async def test_a_silent_unit_is_told_from_its_line_and_the_other_unit_goes_on(
    wire: LineEnd, bus: RtuBus
) -> None:
    clock = HandClock()
    line = ModbusLine(link_of(wire), clock)
    bus.silent.add(2)
    with pytest.raises(NoAnswer, match=r"meter: address 2 does not answer"):
        await guarded(in_vain(clock, bus, line.read(2, *SERIAL_NUMBER)))
    assert number(await guarded(line.read(3, *SERIAL_NUMBER))) == 3333
    line.close()


async def test_a_wrong_checksum_is_no_answer(wire: LineEnd, bus: RtuBus) -> None:
    clock = HandClock()
    line = ModbusLine(link_of(wire), clock)
    bus.garbles = True
    with pytest.raises(NoAnswer):
        await guarded(in_vain(clock, bus, line.read(2, *SERIAL_NUMBER)))
    bus.garbles = False
    assert number(await guarded(line.read(2, *SERIAL_NUMBER))) == 2222
    line.close()


async def test_an_answer_that_comes_too_late_is_not_taken_for_the_next(wire: LineEnd, bus: RtuBus) -> None:
    clock = HandClock()
    line = ModbusLine(link_of(wire), clock)
    bus.holds = True
    with pytest.raises(NoAnswer):
        await guarded(in_vain(clock, bus, line.read(2, 3203, 8)))
    asked = asyncio.ensure_future(line.read(2, *SERIAL_NUMBER))
    await bus.hears(2)
    bus.let_go()
    with pytest.raises(NoAnswer):
        await guarded(asked)
    line.close()


async def test_an_exception_is_told_in_words_with_its_code(wire: LineEnd, bus: RtuBus) -> None:
    line = ModbusLine(link_of(wire), HandClock())
    with pytest.raises(Refused, match="has no such register") as refused:
        await guarded(line.read(2, 9000, 2))
    assert refused.value.code == 2
    line.close()


async def test_a_line_that_is_pulled_out_is_told_at_once_and_opened_again_when_it_is_back(
    wire: LineEnd, bus: RtuBus
) -> None:
    line = ModbusLine(link_of(wire), HandClock())
    await guarded(line.read(2, *SERIAL_NUMBER))
    bus.silent.add(2)
    asked = asyncio.ensure_future(line.read(2, *SERIAL_NUMBER))
    await bus.hears(2)
    wire.pull_out()
    with pytest.raises(DeviceLost, match="the connection was lost"):
        await guarded(asked)
    with pytest.raises(DeviceLost, match="No such file or directory"):
        await guarded(line.read(2, *SERIAL_NUMBER))
    bus.silent.clear()
    wire.put_in()
    assert number(await guarded(line.read(2, *SERIAL_NUMBER))) == 2222
    line.close()


async def test_a_line_is_given_back_after_its_last_user(wire: LineEnd, bus: RtuBus) -> None:
    lines = ModbusLines(HandClock())
    with lines.joined(link_of(wire)) as line:
        with lines.joined(link_of(wire)):
            await guarded(line.read(2, *SERIAL_NUMBER))
        await guarded(line.read(2, *SERIAL_NUMBER))
        other = ModbusLine(link_of(wire), HandClock())
        with pytest.raises(DeviceLost, match="is used by another program"):
            await guarded(other.read(2, *SERIAL_NUMBER))
    assert number(await guarded(other.read(2, *SERIAL_NUMBER))) == 2222
    other.close()


async def test_a_device_cannot_be_used_at_two_speeds(wire: LineEnd, bus: RtuBus) -> None:
    lines = ModbusLines(HandClock())
    with (
        lines.joined(link_of(wire)),
        pytest.raises(DeviceLost, match="19200 baud, parity N, not with 9600 baud"),
        lines.joined(link_of(wire, 9600)),
    ):
        pass


async def test_one_request_may_be_made_at_another_speed(wire: LineEnd, bus: RtuBus) -> None:
    line = ModbusLine(link_of(wire), HandClock())
    bus.baud = 9600
    assert number(await guarded(line.read(2, *SERIAL_NUMBER, link=link_of(wire, 9600)))) == 2222
    bus.baud = 19200
    assert number(await guarded(line.read(2, *SERIAL_NUMBER))) == 2222
    line.close()


@asynccontextmanager
async def gateway() -> AsyncIterator[ModbusTcpServer]:
    """Run a server of another make on the loopback, with the units 1 and 7."""
    units = [
        SimDevice(unit, [SimData(100, values=[unit, 5], datatype=DataType.REGISTERS)]) for unit in (1, 7)
    ]
    server = ModbusTcpServer(units, address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    try:
        yield server
    finally:
        await server.shutdown()  # type: ignore[no-untyped-call]


def port_of(server: ModbusTcpServer) -> int:
    transport: Any = server.transport
    return int(transport.sockets[0].getsockname()[1])


async def test_units_behind_a_network_address_are_read_and_written() -> None:
    async with gateway() as server:
        line = ModbusLine(ModbusLink(host="127.0.0.1", port=port_of(server)), HandClock())
        assert await guarded(line.read(1, 100, 2)) == (1, 5)
        assert await guarded(line.read(7, 100, 2)) == (7, 5)
        await guarded(line.write(7, 100, [16, 17]))
        assert await guarded(line.read(7, 100, 2)) == (16, 17)
        line.close()


async def test_a_network_address_where_nobody_listens_is_told_in_words_of_the_system() -> None:
    async with gateway() as server:
        port = port_of(server)
    line = ModbusLine(ModbusLink(host="127.0.0.1", port=port), HandClock())
    with pytest.raises(DeviceLost, match=rf"127\.0\.0\.1 port {port}: Connection refused"):
        await guarded(line.read(1, 100, 2))


async def test_a_dead_network_connection_is_made_anew() -> None:
    made: list[asyncio.StreamWriter] = []
    asked = asyncio.Event()

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.append(writer)
        while await reader.read(100):
            asked.set()

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    clock = HandClock()
    line = ModbusLine(ModbusLink(host="127.0.0.1", port=server.sockets[0].getsockname()[1]), clock)
    for connections in (1, 1, 1, 2):
        reading = asyncio.ensure_future(line.read(1, 100, 2))
        await guarded(asked.wait())
        asked.clear()
        await clock.passes_to_the_next()
        with pytest.raises(NoAnswer):
            await reading
        assert len(made) == connections
    line.close()
    for writer in made:
        writer.close()
    server.close()
    await server.wait_closed()
