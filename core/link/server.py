"""The station's half of the link: takes calls on the socket and answers from one Entrance a connection."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from core import api
from core.errors import Invalid, NotAllowed, StationError
from core.link.address import SOCKET_FILE, listening_socket
from core.link.contract import CONTRACT, Method
from core.link.frames import (
    LARGEST_ANSWER,
    LARGEST_CALL,
    Answer,
    BadFrame,
    Call,
    Cancel,
    Fact,
    FromClient,
    FromServer,
    frame,
    read_frame,
    refusal,
)
from core.tasks import contained

DECODER = msgspec.json.Decoder(FromClient)
MOST_CONNECTIONS = 256
MOST_CALLS = 64
LAST_ANSWER_SECONDS = 5.0
log = logging.getLogger(__name__)


class Connection:
    """One client: reads run beside each other, everything else one after the other.

    A call that may change something is never cancelled half-way, even when its client is gone.
    """

    def __init__(
        self, entrance: api.Entrance, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._doors: dict[str, Any] = {"entrance": entrance}
        self._entrance = entrance
        self._reader = reader
        self._writer = writer
        self._order = asyncio.Lock()
        self._running: dict[int, tuple[asyncio.Task[None], Method]] = {}

    async def serve(self) -> None:
        """Answer until the client hangs up, or sends what is no call."""
        try:
            while (body := await read_frame(self._reader, largest=LARGEST_CALL)) is not None:
                self._take(DECODER.decode(body))
        except (BadFrame, msgspec.DecodeError, UnicodeDecodeError) as fault:
            log.warning("a connection was ended: %s", fault)
        finally:
            await self._finish()

    def _take(self, message: FromClient) -> None:
        if isinstance(message, Cancel):
            self._cancel(message.id)
            return
        method = CONTRACT.get(message.door, {}).get(message.method)  # type: ignore[call-overload]
        if method is None or message.id in self._running or len(self._running) >= MOST_CALLS:
            raise BadFrame(
                f"no such call, or too many at once: {message.door[:20]!r}.{message.method[:40]!r}"
            )
        task = asyncio.create_task(self._answer(message, method), name=f"link {method.name}")
        self._running[message.id] = task, method
        task.add_done_callback(lambda _: self._running.pop(message.id, None))

    def _cancel(self, call: int) -> None:
        task, method = self._running.get(call, (None, None))
        if task is not None and method is not None and method.is_read:
            task.cancel()

    async def _answer(self, call: Call, method: Method) -> None:
        try:
            await contained(self._answered(call, method))
        except StationError as error:
            await self._send(refusal(call.id, error))

    async def _answered(self, call: Call, method: Method) -> None:
        if method.is_stream:
            await self._push(call, method)
        elif method.is_read:
            await self._send(Answer(id=call.id, result=await self._result(call, method)))
        else:
            async with self._order:
                result = await self._result(call, method)
            await self._send(Answer(id=call.id, result=result))

    async def _result(self, call: Call, method: Method) -> msgspec.Raw:
        arguments = method.unpack(call.arguments)
        result = await getattr(self._door(call), method.name)(**arguments)
        if method.opens_station:
            self._doors["station"] = result
            result = None
        packed = msgspec.json.encode(result)
        if len(packed) > LARGEST_ANSWER // 2:
            raise Invalid("The answer is too long. Ask for less at once.")
        return msgspec.Raw(packed)

    async def _push(self, call: Call, method: Method) -> None:
        async for event in getattr(self._door(call), method.name)(**method.unpack(call.arguments)):
            await self._send(Fact(id=call.id, event=msgspec.Raw(msgspec.json.encode(event))))
        await self._send(Answer(id=call.id, result=msgspec.Raw(b"null")))

    def _door(self, call: Call) -> Any:
        door = self._doors.get(call.door)
        if door is None:
            raise NotAllowed("Log in first.")
        return door

    async def _send(self, message: FromServer) -> None:
        self._writer.write(frame(message))
        try:
            await self._writer.drain()
        except ConnectionError:
            return  # The reading side ends the connection.

    async def _finish(self) -> None:
        running = tuple(self._running.values())
        for task, method in running:
            if method.is_read:
                task.cancel()
        try:
            if running:
                await asyncio.wait([task for task, _ in running], timeout=LAST_ANSWER_SECONDS)
        finally:
            self._writer.close()
            await contained(self._entrance.close())


class LinkServer:
    """Listens on the data folder's socket; `entrance` makes a fresh Entrance for each connection."""

    def __init__(self, entrance: Callable[[], api.Entrance], folder: Path) -> None:
        self._entrance = entrance
        self._folder = folder
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen; the caller holds the folder's lock."""
        self._server = await asyncio.start_unix_server(self._arrived, sock=listening_socket(self._folder))

    async def stop(self) -> None:
        """Let running calls be answered, end all connections, take the socket away."""
        if self._server is None:
            return
        self._server.close()
        (self._folder / SOCKET_FILE).unlink(missing_ok=True)
        for connection in tuple(self._connections):
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._connections) >= MOST_CONNECTIONS:
            writer.close()
            return
        self._connections.add(task)
        try:
            await Connection(self._entrance(), reader, writer).serve()
        except asyncio.CancelledError:
            pass  # The server stops; asyncio would report its own task's end as a fault.
        finally:
            self._connections.discard(task)
