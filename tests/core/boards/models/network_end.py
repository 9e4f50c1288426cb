"""The device's end of a network connection, as a serial server gives it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from tests.core.readers.models.line_end import LineEnd


class NetworkEnd(LineEnd):
    """A line that is reached at `port` of this machine; `pull_out` ends the connection and the server."""

    def __init__(self) -> None:
        super().__init__(Path("no device"))
        self.port = 0
        self.on_received: Callable[[bytes], None] = lambda _: None
        self._server: asyncio.Server | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def is_in(self) -> bool:
        return self._server is not None

    async def serve(self) -> None:
        """Be there, at the same port each time."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def pull_out(self) -> None:
        if self._writer is not None:
            self._writer.close()
        if self._server is not None:
            self._server.close()
        self._server = self._writer = None

    def send(self, sent: bytes) -> None:
        if self._writer is not None:
            self._writer.write(sent)

    def drop_received(self) -> None:
        """Nothing waits on a connection that is read at once."""

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        while received := await reader.read(4096):
            self.on_received(received)
        writer.close()
