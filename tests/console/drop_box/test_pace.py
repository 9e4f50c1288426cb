"""Answers wait for a client that does not take them, and so do its requests."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import asyncssh
import pytest

from console import ssh_files
from console.drop_box.packets import LONGEST_READ
from console.drop_box.shelf import Shelf
from console.ssh_files import MOST_UNTAKEN, MOST_WAITING, SshFiles
from console.ssh_login import Visitor
from tests.console.conftest import ServedStation
from tests.stations import log_in, running_station

INIT = b"\0\0\0\5\1\0\0\0\3"


class HeldChannel:
    """A channel whose client takes nothing until it is told to."""

    def __init__(self) -> None:
        self.written = bytearray()
        self.waiting = 0
        self.is_paused = False

    def write(self, data: bytes, _kind: int | None = None) -> None:
        self.written += data
        self.waiting += len(data)

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def get_extra_info(self, _name: str, default: str) -> str:
        return default

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        self.is_paused = True

    def resume_reading(self) -> None:
        self.is_paused = False


def packet(kind: int, number: int, *parts: bytes) -> bytes:
    body = bytes([kind]) + number.to_bytes(4, "big") + b"".join(parts)
    return len(body).to_bytes(4, "big") + body


def text(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


async def turns(count: int = 200) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_memory_stays_bounded_for_a_client_that_asks_and_does_not_take(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        upload = Shelf(tmp_path, "admin", "incoming").receive("a.csv")
        upload.write(0, bytes(2 * 1024 * 1024))
        upload.keep()
        channel = HeldChannel()
        visitor = Visitor(tmp_path, "test", station=await log_in(core))
        files = SshFiles(cast("asyncssh.SSHServerChannel[bytes]", channel), visitor)
        running = asyncio.create_task(files.run())
        files.feed(INIT + packet(3, 1, text(b"/incoming/a.csv"), b"\0\0\0\1", bytes(4)))
        while len(channel.written) < 20:
            await turns(1)
        read = packet(5, 2, text(b"\0\0\0\1"), bytes(8), (2**20).to_bytes(4, "big"))
        asked = 0
        while not channel.is_paused:
            files.feed(read)
            asked += len(read)
        await turns()
        assert asked < MOST_WAITING + 100
        assert channel.waiting < MOST_UNTAKEN + LONGEST_READ + 100
        answered, channel.waiting = len(channel.written), 0
        files.line_is_free()
        await turns()
        assert len(channel.written) > answered
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_client_that_says_nothing_for_long_is_sent_away(
    station: ServedStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh_files, "IDLE_S", 0.05)
    async with await station.connect() as connection:
        _writer, reader, _errors = await connection.open_session(subsystem="sftp", encoding=None)
        async with asyncio.timeout(20):
            assert await reader.read() == b""
