"""The ports at which the charge points answer."""

from __future__ import annotations

import asyncio
import contextlib
import errno
from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from core.bms.answering import Answering
from core.bms.clients import Client, Clients
from core.bms.conversation import converse
from core.clock import Clock
from core.errors import Invalid

HIGHEST_PORT = 0xFFFE
"""The second charge point takes the port above."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where the building's clients are waited for; the second charge point is one port above the first."""

    host: str
    port: int


def endpoint(text: str) -> Endpoint | None:
    """Read HOST:PORT or [HOST]:PORT; None for "". Raises Invalid."""
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 <= int(port[:6]) <= HIGHEST_PORT:
        raise Invalid("--bms: HOST:PORT is expected, such as 0.0.0.0:1502, got {got}", got=text[:80])
    return Endpoint(host=host.removeprefix("[").removesuffix("]"), port=int(port))


class CannotListen(Exception):
    """The port cannot be had; the text says why."""


class Listening:
    """One server a charge point.

    `may_come` says who may connect by an address, and `second_address` the station's second one: who connects
    to that reaches the second charge point at the port of the first, as the first map of the field has it.
    """

    def __init__(
        self,
        answering: Mapping[int, Answering],
        clock: Clock,
        *,
        may_come: Callable[[str], bool],
        second_address: Callable[[], str],
    ) -> None:
        self.clients = Clients()
        self._answering = answering
        self._clock = clock
        self._may_come = may_come
        self._second_address = second_address
        self._servers: list[asyncio.Server] = []

    @property
    def places(self) -> tuple[str, ...]:
        """`HOST:PORT` of each server, in the order of the charge points."""
        names = (server.sockets[0].getsockname()[:2] for server in self._servers if server.sockets)
        return tuple(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in names)

    @property
    def is_open(self) -> bool:
        return bool(self._servers)

    async def open(self, at: Endpoint) -> None:
        """Listen. Raises CannotListen."""
        opened: list[asyncio.Server] = []
        try:
            for point in self._answering:
                port = at.port + point - 1 if at.port else 0
                meet = partial(self._meet, point=point)
                opened.append(await asyncio.start_server(meet, at.host, port))
        except (OSError, OverflowError) as fault:
            for server in opened:
                server.close()
            self.clients.dismiss()
            why = errno.errorcode.get(fault.errno or 0, "") if isinstance(fault, OSError) else ""
            reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
            raise CannotListen(f"{reason} {why}".strip()) from None
        self._servers = opened

    async def close(self) -> None:
        """Stop listening and end every connection."""
        servers, self._servers = self._servers, []
        for server in servers:
            server.close()
        self.clients.dismiss()
        for server in servers:
            await server.wait_closed()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, point: int) -> None:
        client = Client(
            address=str(writer.get_extra_info("peername")[0]),
            heard_at=self._clock.elapsed(),
            leave=writer.transport.abort,
        )
        try:
            if self._may_come(client.address) and self.clients.admit(client, client.heard_at):
                await converse(
                    reader, writer, self._answering[self._meant(writer, point)], self._hears(client)
                )
        except (OSError, EOFError, TimeoutError):
            pass  # It has gone, or says nothing that is Modbus.
        finally:
            self.clients.forget(client)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def _hears(self, client: Client) -> Callable[[], None]:
        def heard() -> None:
            client.heard_at = self._clock.elapsed()

        return heard

    def _meant(self, writer: asyncio.StreamWriter, point: int) -> int:
        """The charge point that is meant at this port, by the station's address that was called."""
        called = str(writer.get_extra_info("sockname")[0])
        return 2 if 2 in self._answering and called == self._second_address() else point
