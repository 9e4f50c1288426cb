"""Takes connections in front of the SSH server, and gives each to it or closes it at once."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import socket
import time
from collections.abc import Callable, Coroutine

from console.admission import Admission, Refusal, Ticket

log = logging.getLogger(__name__)

BACKLOG = 64
OUT_OF_DESCRIPTORS = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
REST_S = 0.2
"""How long nothing is taken when the machine has no descriptors left."""

Serve = Callable[[socket.socket, str, Ticket], Coroutine[None, None, None]]


def listen(host: str, port: int) -> list[socket.socket]:
    """Open the listening sockets of every address that `host` stands for. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    try:
        for family, kind, protocol, _, where in dict.fromkeys(found):
            listener = socket.socket(family, kind, protocol)
            sockets.append(listener)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            same_port = sockets[0].getsockname()[1] if len(sockets) > 1 else port
            listener.bind((where[0], same_port, *where[2:]))
            listener.listen(BACKLOG)
            listener.setblocking(False)
    except OSError:
        for listener in sockets:
            listener.close()
        raise
    return sockets


class Doorkeeper:
    """The accept loop. A spare descriptor lets it turn somebody away even when none is left."""

    def __init__(self, admission: Admission, serve: Serve) -> None:
        self._admission = admission
        self._serve = serve
        self._spare: int | None = os.open(os.devnull, os.O_RDONLY)
        self._connections: set[asyncio.Task[None]] = set()

    async def watch(self, listener: socket.socket) -> None:
        """Take connections until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, address = await loop.sock_accept(listener)
            except OSError as error:
                if error.errno in OUT_OF_DESCRIPTORS:
                    self._turn_one_away(listener)
                    await asyncio.sleep(REST_S)
                continue
            self._decide(connection, str(address[0]))

    def _decide(self, connection: socket.socket, address: str) -> None:
        answer = self._admission.ask(address, time.monotonic())
        if isinstance(answer, Refusal):
            log.info("a connection from %s was refused: %s", address, answer.value)
            connection.close()
            return
        task = asyncio.create_task(self._serve(connection, address, answer), name=f"ssh {address}")
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    def _turn_one_away(self, listener: socket.socket) -> None:
        if self._spare is not None:
            os.close(self._spare)
            self._spare = None
        with contextlib.suppress(OSError):
            listener.accept()[0].close()
        try:
            self._spare = os.open(os.devnull, os.O_RDONLY)
        except OSError:
            log.warning("no file descriptors left")

    async def close(self) -> None:
        """End every connection."""
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        if self._spare is not None:
            os.close(self._spare)
            self._spare = None
