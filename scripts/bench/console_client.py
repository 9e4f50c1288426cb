"""A technician by the dozen: SSH sessions on a running station, timed from key to echo."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import asyncssh
from table import ROOT

from tests.console.terminal.emulator import EmulatedScreen, EmulatedStream
from tests.dialogues.running import EVTTY

PASSWORD = "Bench-2026!"  # noqa: S105 - of a station that lives for seconds
COLUMNS, ROWS = 80, 24
BOTTOM_LINE = "? Help"
"""The last words of a screen that is drawn from top to bottom."""


class HungUp(Exception):
    """The station ended the session."""


class TimedConsole:
    """An SSH console at 80x24 whose screen is followed by an emulator."""

    def __init__(
        self, connection: asyncssh.SSHClientConnection, process: asyncssh.SSHClientProcess[bytes]
    ) -> None:
        self._connection = connection
        self._process = process
        self._screen = EmulatedScreen(COLUMNS, ROWS)
        self._stream = EmulatedStream(self._screen)

    @classmethod
    async def connect(cls, port: int, account: str = "admin") -> Self:
        connection = await ssh(port, account)
        process = await connection.create_process(
            term_type="xterm-256color", term_size=(COLUMNS, ROWS), encoding=None
        )
        return cls(connection, process)

    @property
    def lines(self) -> list[str]:
        return list(self._screen.display)

    def is_drawn(self) -> bool:
        """A whole screen is there: its bottom line and its top line."""
        lines = self.lines
        return any(BOTTOM_LINE in line for line in lines[-2:]) and bool(lines[0].strip())

    def selected(self) -> tuple[str, ...]:
        """Where the mark of the selection is, and the tab that is open."""
        return tuple(line for line in self.lines if "▸" in line or "[" in line)

    async def read(self) -> None:
        """Take one piece of output. Raises HungUp."""
        data = await self._process.stdout.read(65536)
        if not data:
            raise HungUp
        self._stream.feed(data)

    async def until(self, met: Callable[[], bool], within_s: float = 30.0) -> None:
        async with asyncio.timeout(within_s):
            while not met():
                await self.read()

    async def quiet(self, for_s: float) -> None:
        """Read until nothing has come for so long."""
        while True:
            try:
                async with asyncio.timeout(for_s):
                    await self.read()
            except TimeoutError:
                return

    async def echo_time(self, key: str) -> float:
        """Seconds from sending `key` until the selection has moved on the screen."""
        await self.quiet(0.02)
        before = self.selected()
        sent = time.perf_counter()
        self._process.stdin.write(key.encode())
        await self.until(lambda: self.selected() != before, 10)
        return time.perf_counter() - sent

    def abort(self) -> None:
        """Vanish, as a computer does whose cable is pulled and whose kernel answers for it."""
        self._connection.abort()

    async def close(self) -> None:
        self._connection.close()
        await self._connection.wait_closed()


async def ssh(port: int, account: str = "admin") -> asyncssh.SSHClientConnection:
    """Log in as a technician's own client does."""
    return await asyncssh.connect(
        "127.0.0.1",
        port,
        username=account,
        password=PASSWORD,
        known_hosts=None,
        client_keys=None,
        config=None,
    )


async def commission(folder: Path) -> None:
    """Give both accounts a password of their own on a fresh station."""
    for account in ("admin", "user"):
        setting = await asyncio.create_subprocess_exec(
            str(EVTTY),
            *("password", account, "--data", str(folder)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            cwd=ROOT,
        )
        await setting.communicate(f"{PASSWORD}\n".encode())
        if setting.returncode:
            raise RuntimeError(f"could not set the password of {account}")
