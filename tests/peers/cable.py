"""A network cable between a client and a server, cut at a word that goes over it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from types import TracebackType
from typing import Literal, Self

Side = Literal["client", "server"]


def unused_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens at, below 10000 as settings want it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        for port in range(_first_port(), 10000):
            try:
                tried.bind((host, port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


def _first_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as drawn:
        return 5000 + int(drawn.getsockname()[1]) % 4000


class Cable:
    """Carries connections to a server on this machine; the cut happens once, later connections pass.

    `cut_at(word, said_by=..., passed_on=...)`: when that side has said `word`, it is passed on or not,
    then both ends see the connection break.
    """

    def __init__(self, port: int, host: str = "127.0.0.1", *, at: int | None = None) -> None:
        self.port = at or unused_port()
        self.cuts = 0
        self._to = (host, port)
        self._word: bytes | None = None
        self._said_by: Side = "client"
        self._passed_on = True
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._ways: set[asyncio.Task[None]] = set()

    def cut_at(self, word: bytes, *, said_by: Side, passed_on: bool) -> None:
        self._word, self._said_by, self._passed_on = word, said_by, passed_on

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for way in tuple(self._ways):
            way.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        writers = [writer]
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._to)
            writers.append(far_writer)
            ways = {
                asyncio.create_task(self._carry("client", reader, far_writer)),
                asyncio.create_task(self._carry("server", far_reader, writer)),
            }
            self._ways |= ways
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._ways -= ways
        except OSError:
            pass
        finally:
            for each in writers:
                each.close()
            for each in writers:
                with suppress(OSError):
                    await each.wait_closed()

    async def _carry(self, side: Side, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = b""
        while piece := await reader.read(65536):
            if self._word is not None and side == self._said_by:
                before, said = said, (said + piece)[-(len(self._word) + len(piece)) :]
                at = said.find(self._word)
                if at >= 0:
                    end = at + len(self._word) - (len(said) - len(piece))
                    start = max(0, at - (len(said) - len(piece)))
                    writer.write(piece[: end if self._passed_on else start])
                    await writer.drain()
                    self._word = None
                    self.cuts += 1
                    return
                said = (before + piece)[-len(self._word) :]
            writer.write(piece)
            await writer.drain()
