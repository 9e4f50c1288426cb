"""Who is let in, and what is answered to requests that no energy manager sends."""

from __future__ import annotations

import asyncio
import struct
from functools import partial
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from pymodbus.pdu import ExceptionResponse

from core.bms.answering import Answering
from core.bms.clients import IDLE_SECONDS, MOST_CLIENTS, Client, Clients, may_come, own_network
from core.bms.commands import Command
from core.bms.listening import Endpoint, endpoint
from core.errors import Invalid
from tests.core.bms.building import Building, building
from tests.core.bms.test_registers import charge
from tests.effort import Effort

STATE_OF_1 = struct.pack(">HHHBBHH", 7, 0, 6, 255, 3, 6, 1)
ANSWER = struct.pack(">HHHBBBH", 7, 0, 5, 255, 3, 2, 1)


async def exchange(house: Building, sent: bytes, size: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.ports()[0])
    writer.write(sent)
    try:
        async with asyncio.timeout(20):
            return await reader.readexactly(size)
    except asyncio.IncompleteReadError as ended:
        return ended.partial
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("address", "comes"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("192.168.0.9", True),
        ("::ffff:192.168.0.9", True),
        ("192.168.1.9", False),
        ("8.8.8.8", False),
        ("2001:db8::1", False),
    ],
)
def test_the_station_s_own_subnet_may_come(address: str, comes: bool) -> None:
    assert may_come(address, [own_network("192.168.0.102", "255.255.255.0")]) is comes


def test_only_whom_the_profile_names_may_come() -> None:
    assert may_come("10.1.2.3", [ip_network("10.1.0.0/16")])
    assert not may_come("192.168.0.9", [ip_network("10.1.0.0/16")])


def test_the_ninth_client_waits_until_another_has_been_silent() -> None:
    clients, left = Clients(), list[int]()
    for number in range(MOST_CLIENTS):
        client = Client(address="::1", heard_at=float(number), leave=partial(left.append, number))
        assert clients.admit(client, float(number))
    late = Client(address="::1", heard_at=30.0, leave=lambda: left.append(-1))
    assert not clients.admit(late, 30.0)
    assert left == []
    assert clients.admit(late, IDLE_SECONDS)
    assert left == [0]
    assert len(clients) == MOST_CLIENTS


def test_an_address_that_has_taken_all_the_room_gives_way_to_another() -> None:
    clients, left = Clients(), list[int]()
    for number in range(MOST_CLIENTS):
        client = Client(address="10.0.0.1", heard_at=50.0 - number, leave=partial(left.append, number))
        assert clients.admit(client, 50.0)
    for number in range(MOST_CLIENTS // 2):
        other = Client(address="10.0.0.2", heard_at=50.0, leave=lambda: left.append(-1))
        assert clients.admit(other, 50.0), number
    assert not clients.admit(Client(address="10.0.0.2", heard_at=50.0, leave=lambda: None), 50.0)
    assert not clients.admit(Client(address="10.0.0.1", heard_at=50.0, leave=lambda: None), 50.0)
    assert left == [7, 6, 5, 4], "the most silent first"


async def test_a_ninth_connection_is_ended_and_the_others_go_on(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        connections = [await asyncio.open_connection("127.0.0.1", house.ports()[0]) for _ in range(8)]
        for reader, writer in connections:
            writer.write(STATE_OF_1)
            assert await reader.readexactly(len(ANSWER)) == ANSWER
        assert await exchange(house, STATE_OF_1, len(ANSWER)) == b""
        for reader, writer in connections:
            writer.write(STATE_OF_1)
            assert await reader.readexactly(len(ANSWER)) == ANSWER
            writer.close()


async def test_requests_that_come_at_once_are_answered_one_after_the_other(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        assert await exchange(house, STATE_OF_1 * 50, len(ANSWER) * 50) == ANSWER * 50


async def test_a_request_in_single_bytes_is_answered(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.ports()[0])
        for byte in STATE_OF_1:
            writer.write(bytes([byte]))
            await writer.drain()
        assert await reader.readexactly(len(ANSWER)) == ANSWER
        writer.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: station\r\n\r\n",
        struct.pack(">HHHB", 1, 1, 6, 255) + bytes(5),
        struct.pack(">HHHB", 1, 0, 1, 255),
        struct.pack(">HHHB", 1, 0, 0xFFFF, 255) + bytes(300),
    ],
)
async def test_what_is_no_modbus_ends_its_own_connection_only(tmp_path: Path, sent: bytes) -> None:
    async with building(tmp_path) as house:
        assert await exchange(house, sent, 1) == b""
        assert await exchange(house, STATE_OF_1, len(ANSWER)) == ANSWER


async def test_other_units_other_functions_and_other_registers_are_refused(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        client = await house.client()
        assert (await client.read_holding_registers(6, count=1, device_id=1)).registers == [1]
        assert (await client.read_holding_registers(6, count=1, device_id=2)).exception_code == 11
        assert (await client.read_input_registers(6, count=1, device_id=255)).exception_code == 1
        assert (await client.write_registers(301, [6, 6], device_id=255)).exception_code == 1
        assert (await client.read_holding_registers(7, count=1, device_id=255)).exception_code == 2
        assert (await client.read_holding_registers(350, count=11, device_id=255)).exception_code == 2
        assert await house.write(6, 1) == 2
        assert len((await client.read_holding_registers(350, count=10, device_id=255)).registers) == 10


@st.composite
def requests(draw: DrawFn) -> tuple[int, bytes]:
    """A unit and a request: mostly writes near the registers that are there, and sheer rubbish."""
    unit = draw(st.sampled_from([1, 255, 255, 0, 7]))
    register = draw(st.sampled_from([6, 20, 150, 301, 932, 933]) | st.integers(0, 0xFFFF))
    value = draw(st.sampled_from([0, 1, 2, 6, 32, *Command]) | st.integers(0, 0xFFFF))
    function = draw(st.sampled_from([3, 6, 6, 6]) | st.integers(0, 255))
    whole = struct.pack(">BHH", function, register, value)
    return unit, draw(
        st.sampled_from([whole, whole, whole[: draw(st.integers(1, 5))]])
        | st.binary(min_size=1, max_size=253)
    )


@pytest.mark.slow
async def test_whatever_is_asked_the_current_stays_in_range(tmp_path: Path, effort: Effort) -> None:
    asked: list[list[tuple[int, bytes]]] = []
    at_once = effort(default=10, long=34)

    @given(st.lists(requests(), min_size=at_once, max_size=at_once))
    def collect(some: list[tuple[int, bytes]]) -> None:
        asked.append(some)

    collect()
    async with building(tmp_path) as house:
        await charge(house)
        station = house.core.parts.bms
        for turn, some in enumerate(asked):
            answering: Answering = station.answering(1 + turn % 2)
            for unit, request in some:
                answer = await answering.answer(unit, request)
                assert answer.function_code & 0x7F == request[0] & 0x7F
                assert isinstance(answer, ExceptionResponse) or unit in {1, 255}
            await house.pass_time(1)
            for point in house.core.parts.charging.charge_points():
                assert point.offered_current == 0 or 6 <= point.offered_current <= 32
        assert await exchange(house, STATE_OF_1, 9)


@pytest.mark.parametrize("text", ["1502", ":1502", "host:", "host:99999", "host:65535", "host:-1", "host:²"])
def test_an_endpoint_is_host_and_port(text: str) -> None:
    with pytest.raises(Invalid, match="HOST:PORT"):
        endpoint(text)


def test_an_endpoint_may_be_an_address_of_version_6() -> None:
    assert endpoint("[::1]:1502") == Endpoint(host="::1", port=1502)
    assert endpoint("") is None


async def test_a_port_that_is_taken_is_told_and_tried_again(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with building(tmp_path, at=Endpoint(host="127.0.0.1", port=port)) as house:
        assert house.core.parts.bms.state.startswith("cannot listen: ")
        taken.close()
        await taken.wait_closed()
        await house.pass_time(11)
        assert house.core.parts.bms.state.startswith(f"listening 127.0.0.1:{port}")
