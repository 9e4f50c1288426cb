"""A person at a serial line: greeting, log-in, hang-up, and whoever comes next."""

from __future__ import annotations

import asyncio
import os
import pty
import tty
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.options import SerialPort
from console.serial_device import SerialDevice
from console.serial_line import AttendedLine, SerialLine
from core.api import Origin, Station
from tests.console.conftest import ServedStation

GREETING = b"press Enter. If it does nothing, switch flow control off."


class Technician:
    """The far end of a line: what has come so far, and what is typed."""

    def __init__(self) -> None:
        self.master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.device = os.ttyname(self._slave)
        os.set_blocking(self.master, False)
        self.seen = b""
        self._arrived = asyncio.Event()
        asyncio.get_running_loop().add_reader(self.master, self._read)

    def _read(self) -> None:
        self.seen += os.read(self.master, 4096)
        self._arrived.set()

    async def sees(self, text: bytes) -> bytes:
        """Wait for a text; give what came up to it, and forget that."""
        async with asyncio.timeout(20):
            while text not in self.seen:
                self._arrived.clear()
                await self._arrived.wait()
        before, _, self.seen = self.seen.partition(text)
        return before

    def types(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def pulls_the_cable(self) -> None:
        asyncio.get_running_loop().remove_reader(self.master)
        os.close(self.master)
        os.close(self._slave)
        self.master = -1

    def leaves(self) -> None:
        if self.master >= 0:
            self.pulls_the_cable()


@pytest.fixture
async def technician() -> AsyncIterator[Technician]:
    person = Technician()
    yield person
    person.leaves()


@asynccontextmanager
async def line(station: ServedStation, device: str) -> AsyncIterator[None]:
    task = asyncio.create_task(SerialLine(SerialPort(device), station.sessions).serve())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def people_at(machine: Station) -> list[str]:
    return [f"{one.account} {one.origin.kind}" for one in await machine.sessions() if one.account != "local"]


async def test_a_line_greets_in_plain_ascii_before_any_control_code(
    station: ServedStation, technician: Technician
) -> None:
    async with line(station, technician.device):
        greeted = await technician.sees(GREETING)
    assert greeted.strip().startswith(b"evtty pts/")
    assert not set(greeted) - set(range(0x20, 0x7F)) - {0x0D, 0x0A}


async def test_a_person_logs_in_and_a_pulled_cable_ends_the_session(
    station: ServedStation, technician: Technician
) -> None:
    async with line(station, technician.device):
        await technician.sees(GREETING)
        technician.types(b"\r")
        await technician.sees(b"\x1b[6n")
        technician.types(b"\x1b[24;80R")
        await technician.sees(b"\xc3\xa9\x1b[6n")
        technician.types(b"\x1b[1;3R")
        await technician.sees(b"User name")
        technician.types(b"admin\tHidden-Door-7\r")
        await technician.sees(b"Config")
        machine = await station.core.entrance().local(Origin(kind="local"))
        assert await people_at(machine) == ["admin serial"]
        events = machine.events()
        technician.pulls_the_cable()
        while await people_at(machine):
            await anext(events)


async def test_a_silent_terminal_gets_the_plainest_screens(
    station: ServedStation, technician: Technician
) -> None:
    async with line(station, technician.device):
        await technician.sees(GREETING)
        technician.types(b"\r")
        shown = await technician.sees(b"Lost admin password")
    assert all(byte < 0x80 for byte in shown)
    assert b"?1049h" not in shown


async def test_break_ends_the_session_and_the_next_one_meets_a_log_in(
    station: ServedStation, technician: Technician
) -> None:
    port = SerialPort(technician.device)
    attended = AttendedLine(SerialDevice(port), port, "ttyS1", station.sessions)
    task = asyncio.create_task(attended.serve())
    try:
        await technician.sees(GREETING)
        technician.types(b"\r")
        await technician.sees(b"User name")
        technician.types(b"admin\tHidden-Door-7\r")
        await technician.sees(b"Config")
        machine = await station.core.entrance().local(Origin(kind="local"))
        events = machine.events()
        attended.take(b"\xff\x00\x00")
        await technician.sees(GREETING)
        while await people_at(machine):
            await anext(events)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        attended.close()


async def test_another_profile_is_chosen_at_the_log_in_and_stays_chosen(
    station: ServedStation, technician: Technician
) -> None:
    async with line(station, technician.device):
        await technician.sees(GREETING)
        technician.types(b"\r")
        assert b"+------" in await technician.sees(b"Lost admin password")
        technician.types(b"\x14")
        assert "╭──────".encode() in await technician.sees(b"Lost admin password")


async def test_redraw_asks_for_the_size_again(station: ServedStation, technician: Technician) -> None:
    async with line(station, technician.device):
        await technician.sees(GREETING)
        technician.types(b"\r")
        await technician.sees(b"Lost admin password")
        technician.types(b"\x0c")
        await technician.sees(b"\x1b[6n")
        technician.types(b"\x1b[30;100R")
        await technician.sees(b"\x1b[26H Link")


async def test_a_line_that_is_not_there_is_waited_for(
    station: ServedStation, technician: Technician, tmp_path: Path
) -> None:
    device = tmp_path / "ttyUSB0"
    async with line(station, str(device)):
        await asyncio.sleep(0)
        device.symlink_to(technician.device)
        await technician.sees(GREETING)
