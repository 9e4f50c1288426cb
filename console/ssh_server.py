"""The SSH server: each admitted connection from its handshake to its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import time
from pathlib import Path

import asyncssh

from console.accepting import Doorkeeper, listen
from console.admission import Admission, AdmissionRules, Ticket
from console.options import Address
from console.ssh_login import LogIn, Visitor
from console.ssh_options import server_options
from console.ssh_session import SeatConsole, Session

log = logging.getLogger(__name__)

GOING_WRONG = (asyncssh.Error, OSError, TimeoutError, asyncio.IncompleteReadError)


class SshServer:
    """Listens, admits, and serves until it is closed."""

    def __init__(self, folder: Path, key: asyncssh.SSHKey, seat: SeatConsole, rules: AdmissionRules) -> None:
        self._folder = folder
        self._seat = seat
        self._admission = Admission(rules)
        self._doorkeeper = Doorkeeper(self._admission, self._serve)
        self._key = key
        self._listeners: list[socket.socket] = []
        self._watching: list[asyncio.Task[None]] = []

    @property
    def fingerprint(self) -> str:
        return self._key.get_fingerprint()

    async def open(self, address: Address) -> Address:
        """Begin to listen; give the address with its real port. Raises OSError."""
        self._options = await asyncssh.SSHServerConnectionOptions.construct(**server_options(self._key))
        self._listeners = listen(address.host, address.port)
        for listener in self._listeners:
            self._watching.append(asyncio.create_task(self._doorkeeper.watch(listener), name="ssh accept"))
        return Address(address.host, self._listeners[0].getsockname()[1])

    async def close(self) -> None:
        """Listen no more and end every connection."""
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        for listener in self._listeners:
            listener.close()
        await self._doorkeeper.close()

    async def _serve(self, connection: socket.socket, address: str, ticket: Ticket) -> None:
        visitor = Visitor(self._folder, address, arrived_at=connection.getsockname()[0])
        tried = False
        known = False

        def told(logged_in: bool) -> None:
            nonlocal tried, known
            tried = True
            if not logged_in:
                self._admission.failed(ticket, time.monotonic())
            elif not known:
                known = True
                self._admission.known(ticket)

        options = await asyncssh.SSHServerConnectionOptions.construct(
            self._options,
            server_factory=lambda: LogIn(visitor, lambda who: Session(who, self._seat), told),
        )
        ssh: asyncssh.SSHServerConnection | None = None
        try:
            ssh = await asyncssh.run_server(connection, options=options)
            await ssh.wait_closed()
        except GOING_WRONG as error:
            log.info("the connection from %s ended: %s", address, type(error).__name__)
        finally:
            if ssh is not None:
                ssh.abort()
            connection.close()
            if not tried:
                self._admission.failed(ticket, time.monotonic(), silently=True)
            self._admission.left(ticket, was_known=known)
            with contextlib.suppress(OSError):
                await visitor.leave()
