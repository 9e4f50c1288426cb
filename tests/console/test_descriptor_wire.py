"""Bytes leave in order, at the line's pace, and nothing is lost where the device is slow."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator

import pytest

from console.descriptor_wire import DescriptorWire


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of something that takes only so much at once."""
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    yield near, far
    near.close()
    far.close()


async def read(far: socket.socket, count: int) -> bytes:
    data = b""
    async with asyncio.timeout(20):
        while len(data) < count:
            data += await asyncio.get_running_loop().sock_recv(far, 65536)
    return data


async def test_more_than_the_device_takes_at_once_arrives_whole(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    sent = os.urandom(200_000)
    got_free = asyncio.Event()
    wire = DescriptorWire(near.fileno(), lost=lambda: None)
    wire.on_free(got_free.set)
    wire.write(sent[:100_000])
    wire.write(sent[100_000:])
    assert not wire.free()
    assert await read(far, len(sent)) == sent
    async with asyncio.timeout(20):
        await got_free.wait()
    assert wire.bytes_written == len(sent)
    wire.close()


async def test_a_line_takes_no_more_than_a_tenth_of_a_second_of_its_time(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    wire = DescriptorWire(near.fileno(), lost=lambda: None, baud=9600)
    wire.write(b"x" * 1000)
    assert 0 < len(far.recv(65536)) <= 96
    assert not wire.free()
    wire.close()


async def test_a_lost_device_is_told_once_and_writing_to_it_does_no_harm(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    lost = asyncio.Event()
    wire = DescriptorWire(near.fileno(), lost=lost.set)
    far.close()
    wire.write(b"x")
    async with asyncio.timeout(20):
        await lost.wait()
    wire.write(b"y")
    await wire.drained(20)
