"""Consoles side by side: one crashes, one does not read, the others go on."""

from __future__ import annotations

import asyncio
import json
import logging

import asyncssh
import pytest

from console.seat import Seat, within_reason
from core.log_lines import JsonLines
from tests.console.conftest import ServedStation

CANARY = "Secret-Canary-1"


async def open_console(
    connection: asyncssh.SSHClientConnection, *, window: int = 2**21, bufsize: int = 2**16
) -> asyncssh.SSHClientProcess[bytes]:
    return await connection.create_process(
        term_type="xterm-256color", term_size=(80, 24), encoding=None, window=window, bufsize=bufsize
    )


async def shows(process: asyncssh.SSHClientProcess[bytes], text: bytes) -> bytes:
    shown = b""
    async with asyncio.timeout(20):
        while text not in shown:
            shown += await process.stdout.read(4096)
    return shown


def crash() -> None:
    password = CANARY
    raise RuntimeError(f"{password[:1]}omething broke")


async def test_a_crash_ends_one_session_with_a_message_and_no_other(
    station: ServedStation, caplog: pytest.LogCaptureFixture
) -> None:
    async with await station.connect("admin") as first, await station.connect("user") as second:
        crashing = await open_console(first)
        await shows(crashing, b"Config")
        (seat,) = station.sessions.open
        going_on = await open_console(second)
        await shows(going_on, b"Config")
        seat.app.call_later(crash)
        await shows(crashing, b"This session ended because of a fault in it.")
        assert (await crashing.wait()).exit_status == 1
        going_on.stdin.write(b"\x0c")
        await shows(going_on, b"Config")
        going_on.terminate()
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    line = JsonLines().format(record)
    assert json.loads(line)["fault"] == "RuntimeError"
    assert CANARY not in line


async def test_a_client_that_does_not_read_gets_only_what_is_new_when_it_does(station: ServedStation) -> None:
    async with await station.connect("admin") as connection:
        process = await open_console(connection, window=4096, bufsize=64)
        await process.stdout.read(1)
        (seat,) = station.sessions.open
        driver = seat.app.wire_driver
        assert driver is not None
        for _ in range(300):
            driver.repaint()
            driver._draw()
        assert written(seat) < 10_000
        await shows(process, b"Config")
        process.terminate()


def written(seat: Seat) -> int:
    driver = seat.app.wire_driver
    assert driver is not None
    assert driver._wire is not None
    return driver._wire.bytes_written


async def test_an_app_that_was_kept_ready_is_shown_at_once(station: ServedStation) -> None:
    await station.sessions.warm_up()
    ready = set(station.sessions.ready)
    assert ready
    assert station.sessions.take() in ready


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [((0, 0), (80, 24)), ((80, 24), (80, 24)), ((1, 1), (20, 5)), ((100_000, 4_000_000_000), (500, 200))],
)
def test_a_window_of_any_size_is_drawn_within_reason(asked: tuple[int, int], drawn: tuple[int, int]) -> None:
    assert within_reason(*asked) == drawn


async def test_what_breaks_in_a_session_that_is_being_left_is_no_crash(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seat = Seat()
    assert await seat.is_warm()
    seat.hang_up()
    assert seat.app.on_crash is not None
    seat.app.on_crash(RuntimeError("the link went with the session"))
    await seat.task
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
