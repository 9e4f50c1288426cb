"""A reader of lines, on a serial line and at a network address."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from pathlib import Path

import pytest

from core.lines.port import MOST_AT_ONCE, Port
from core.readers.reader import Presented, ReaderState
from tests.core.readers.desk import Desk, desk_at
from tests.core.readers.models.ascii_line import AsciiLineModel
from tests.core.readers.models.line_end import LineEnd


async def test_a_badge_held_to_the_reader_is_presented_at_the_stations_time(
    text_reader: AsciiLineModel, line: LineEnd
) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}") as desk:
        assert await desk.is_found() == ReaderState(is_found=True)
        text_reader.hold_badge("e1eb1c02")
        await desk.sees("E1EB1C02")
        assert desk.presented == [Presented(uid="E1EB1C02", at=desk.clock.elapsed())]


@pytest.mark.parametrize(
    ("options", "end", "sent"),
    [
        ("", b"\r", "3F420F"),
        ("", b"\n", "3F 42 0F"),
        ("", b"\x03\r\n", "\x023F420F"),
        ("?terminator=crlf&baud=19200", b"\r\n", "3F420F"),
        ("?terminator=cr&order=lsb", b"\r", "0F423F"),
        ("?terminator=lf&prefix=UID%3D", b"\n", "UID=3f-42-0f"),
    ],
)
async def test_lines_are_read_as_the_link_says(
    text_reader: AsciiLineModel, line: LineEnd, options: str, end: bytes, sent: str
) -> None:
    text_reader.end = end
    line.at_once = 1
    async with desk_at("ascii_line", f"serial://{line.path}{options}") as desk:
        await desk.is_found()
        text_reader.hold_badge(sent)
        await desk.sees("3F420F")


async def test_a_badge_sent_again_and_again_is_presented_once_until_it_was_away(
    text_reader: AsciiLineModel, line: LineEnd
) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}") as desk:
        await desk.is_found()
        for _ in range(5):
            text_reader.hold_badge("3F420F")
        text_reader.hold_badge("E1EB1C02")
        await desk.sees("3F420F", "E1EB1C02")
        desk.clock.passes(2.0)
        text_reader.hold_badge("3F420F")
        await desk.sees("3F420F", "E1EB1C02", "3F420F")


async def test_noise_long_lines_and_half_lines_are_left_out(
    text_reader: AsciiLineModel, line: LineEnd, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}") as desk:
        await desk.is_found()
        line.send(bytes(range(256)) * 8 + b"\r\n")
        line.send(b"A" * 3000 + b"\r\nREADER V1.0\r\nE1EB\r\n\r\n")
        text_reader.hold_badge("3F420F")
        await desk.sees("3F420F")
        line.send(b"E1EB1C")
        text_reader.hold_badge("02")
        await desk.sees("3F420F", "E1EB1C02")
    warnings = [each for each in caplog.records if each.levelno == logging.WARNING]
    assert len(warnings) == 1


async def test_the_reader_beeps_once_for_good_news_and_twice_for_bad(
    text_reader: AsciiLineModel, line: LineEnd
) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}?beep=1B07") as desk:
        await desk.is_found()
        await desk.reader.beep("accepted")
        await desk.reader.beep("refused")
        text_reader.hold_badge("3F420F")
        await desk.sees("3F420F")
        line.pull_out()
        await desk.is_lost()
        await desk.reader.beep("accepted")
    assert text_reader.beeped == b"\x1b\x07" * 3


async def test_a_reader_that_beeps_by_itself_is_sent_nothing(
    text_reader: AsciiLineModel, line: LineEnd
) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}") as desk:
        await desk.is_found()
        await desk.reader.beep("learned")
        text_reader.hold_badge("3F420F")
        await desk.sees("3F420F")
    assert text_reader.beeped == b""


async def test_a_reader_that_is_pulled_out_is_reported_once_and_found_again(
    text_reader: AsciiLineModel, line: LineEnd
) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}") as desk:
        await desk.is_found()
        line.pull_out()
        assert (await desk.is_lost()).reason
        for seconds in (0.5, 1.0, 2.0, 5.0, 10.0, 10.0):
            await desk.clock.passes_when_awaited(seconds)
        line.put_in()
        await desk.is_found()
        text_reader.hold_badge("3F420F")
        await desk.sees("3F420F")
        assert [each.is_found for each in desk.states] == [True, False, True]


async def test_a_reader_that_was_there_for_long_is_looked_for_soon_again(line: LineEnd) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}") as desk:
        for _ in range(3):
            await desk.is_found()
            desk.clock.passes(30.0)
            line.pull_out()
            await desk.is_lost()
            line.put_in()
            await desk.clock.passes_when_awaited(0.5)
        await desk.is_found()


async def test_a_device_that_is_not_there_is_named(tmp_path: Path) -> None:
    async with desk_at("ascii_line", f"serial://{tmp_path}/none") as desk:
        assert (await desk.is_lost()).reason == f"{tmp_path}/none: No such file or directory"


async def test_a_file_is_no_serial_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"3F420F\r\n")
    async with desk_at("ascii_line", f"serial://{tmp_path}/file") as desk:
        assert str(tmp_path / "file") in (await desk.is_lost()).reason
    assert desk.presented == []


async def test_a_line_belongs_to_one_station(line: LineEnd) -> None:
    async with desk_at("ascii_line", f"serial://{line.path}") as first:
        await first.is_found()
        async with desk_at("ascii_line", f"serial://{line.path}") as second:
            await second.is_lost()


class NetworkReader:
    """A reader at a network address of this computer."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []
        self._lines = [b"3F420F\r\n", b"E1EB1C02\r\n"]
        self.beeped = b""
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()
        for writer in self._writers:
            writer.close()
            await writer.wait_closed()
        self._writers = []

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        writer.write(self._lines.pop(0))
        with contextlib.suppress(ConnectionError):
            while received := await reader.read(100):
                self.beeped += received
        writer.close()


async def lost_and_found(desk: Desk, reader: NetworkReader) -> None:
    await reader.stop()
    await desk.is_lost()
    await desk.clock.passes_when_awaited(0.5)
    await desk.clock.passes_when_awaited(1.0)
    await desk.clock.is_awaited(2.0)
    await reader.start()
    desk.clock.passes(2.0)
    await desk.is_found()


async def test_a_reader_at_a_network_address_is_lost_and_found_again() -> None:
    reader = NetworkReader()
    await reader.start()
    try:
        async with desk_at("ascii_line", f"tcp://127.0.0.1:{reader.port}?beep=07") as desk:
            await desk.sees("3F420F")
            await desk.reader.beep("accepted")
            await lost_and_found(desk, reader)
            await desk.sees("3F420F", "E1EB1C02")
    finally:
        await reader.stop()
    assert reader.beeped == b"\x07"


async def test_an_address_at_which_nothing_listens_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with desk_at("ascii_line", f"tcp://127.0.0.1:{port}") as desk:
            assert (await desk.is_lost()).reason == f"127.0.0.1 port {port}: Connection refused"


async def test_a_flood_leaves_everything_else_its_turn() -> None:
    readable, writable = os.pipe()
    for descriptor in (readable, writable):
        os.set_blocking(descriptor, False)
    os.write(writable, bytes(10 * MOST_AT_ONCE))
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    port = Port(readable, lambda: os.close(readable))
    for _ in range(10):
        assert len(await port.read()) == MOST_AT_ONCE
    assert turns >= 10
    task.cancel()
    port.close()
    os.close(writable)


async def test_a_port_is_closed_once() -> None:
    readable, writable = os.pipe()
    os.close(writable)
    port = Port(readable, lambda: os.close(readable))
    port.close()
    port.close()
