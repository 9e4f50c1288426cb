"""A station behind a real SSH server, in this process, on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh
import pytest

from console.admission import AdmissionRules
from console.host_key import host_key
from console.options import Address
from console.sessions import Sessions
from console.ssh_console import SshSeats
from console.ssh_server import SshServer
from core.link import LinkServer
from core.station import StationCore
from tests.stations import PASSWORDS, log_in, running_station


@dataclass
class ServedStation:
    """A station with its SSH server; both accounts have the passwords of `PASSWORDS`."""

    core: StationCore
    folder: Path
    sessions: Sessions
    link: LinkServer
    port: int = 0
    fingerprint: str = ""
    servers: list[SshServer] = field(default_factory=list)

    async def listen(self, rules: AdmissionRules | None = None) -> None:
        server = SshServer(
            self.folder, host_key(self.folder), SshSeats(self.sessions), rules or AdmissionRules()
        )
        self.servers.append(server)
        self.port = (await server.open(Address("127.0.0.1", 0))).port
        self.fingerprint = server.fingerprint

    async def connect(
        self, account: str = "admin", password: str | None = None, *, source: str = "127.0.0.1"
    ) -> asyncssh.SSHClientConnection:
        """Log in as an outside client does. Raises asyncssh.PermissionDenied."""
        return await asyncssh.connect(
            "127.0.0.1",
            self.port,
            username=account,
            password=PASSWORDS.get(account, "") if password is None else password,
            known_hosts=None,
            local_addr=(source, 0),
            client_keys=None,
            config=None,
            agent_path=None,
        )

    async def run(
        self, command: str, *, account: str = "admin", typed: str = ""
    ) -> asyncssh.SSHCompletedProcess:
        """Run one command over a connection of its own."""
        connection = await self.connect(account)
        try:
            return await connection.run(command, input=typed)
        finally:
            connection.close()
            await connection.wait_closed()


@asynccontextmanager
async def served(folder: Path, rules: AdmissionRules | None = None) -> AsyncIterator[ServedStation]:
    async with running_station("parking-2", folder) as core:
        for account in PASSWORDS:
            await (await log_in(core, account)).log_out()
        link = LinkServer(core.entrance, folder)
        await link.start()
        station = ServedStation(core, folder, Sessions(folder), link)
        await station.listen(rules)
        try:
            yield station
        finally:
            for server in station.servers:
                await server.close()
            await station.sessions.close()
            await link.stop()
            # Sockets say goodbye in the loop's next turns.
            await asyncio.sleep(0)


@pytest.fixture
async def station(tmp_path: Path) -> AsyncIterator[ServedStation]:
    async with served(tmp_path) as one:
        yield one
