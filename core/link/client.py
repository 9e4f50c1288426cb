"""The client's half of the link: an Entrance and a Station made from the Protocols."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast

import msgspec

from core import api
from core.errors import TryLater
from core.link.address import address
from core.link.contract import CONTRACT, Door, Method
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
    Refusal,
    error_of,
    frame,
    read_frame,
)
from core.listeners import Listener

DECODER = msgspec.json.Decoder(FromServer)


def lost() -> TryLater:
    return TryLater("The station cannot be reached now. It may be restarting; try again in a moment.")


class Channel:
    """One connection: sends calls, hands out answers and events."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[msgspec.Raw]] = {}
        self._streams: dict[int, tuple[Listener, Method]] = {}
        self._is_open = True
        self._reading = asyncio.create_task(self._read(reader), name="link client")

    async def call(self, door: Door, method: Method, packed: bytes) -> Any:
        """Call and wait for the answer; raises what the station raised, TryLater when the link is lost."""
        number = next(self._ids)
        answer: asyncio.Future[msgspec.Raw] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            self._send(Call(id=number, door=door, method=method.name, arguments=msgspec.Raw(packed)))
            result = await answer
        except asyncio.CancelledError:
            if self._is_open:
                self._send(Cancel(id=number))
            raise
        finally:
            self._answers.pop(number, None)
        if method.opens_station:
            return STATION(self)
        return msgspec.json.decode(result, type=method.result)

    def stream(self, door: Door, method: Method, packed: bytes) -> AsyncIterator[Any]:
        """Begin to listen."""
        number = next(self._ids)

        def stop(_: Listener) -> None:
            if self._streams.pop(number, None) and self._is_open:
                self._send(Cancel(id=number))

        listener = Listener(on_close=stop)
        self._streams[number] = listener, method
        if self._is_open:
            self._send(Call(id=number, door=door, method=method.name, arguments=msgspec.Raw(packed)))
        else:
            listener.close()
        return listener

    async def close(self) -> None:
        """Hang up; the station ends the session."""
        self._writer.close()
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    def _send(self, message: FromClient) -> None:
        if not self._is_open:
            raise lost()
        packed = frame(message)
        if len(packed) > LARGEST_CALL:
            raise TryLater("This is more than the station takes at once.")
        self._writer.write(packed)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while (body := await read_frame(reader, largest=LARGEST_ANSWER)) is not None:
                self._take(DECODER.decode(body))
        except (BadFrame, msgspec.DecodeError):
            pass  # Whatever speaks there is no station of this version: as good as lost.
        finally:
            self._is_open = False
            self._writer.close()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(lost())
            for listener, _ in tuple(self._streams.values()):
                listener.close()

    def _take(self, message: FromServer) -> None:
        stream = self._streams.get(message.id)
        answer = self._answers.get(message.id)
        match message:
            case Fact() if stream is not None:
                stream[0].put(msgspec.json.decode(message.event, type=stream[1].result))
            case Answer() | Refusal() if stream is not None:
                del self._streams[message.id]
                stream[0].close()
            case Answer() if answer is not None and not answer.done():
                answer.set_result(message.result.copy())
            case Refusal() if answer is not None and not answer.done():
                answer.set_exception(error_of(message))


class _Proxy:
    def __init__(self, channel: Channel) -> None:
        self._channel = channel


def _call(door: Door, method: Method) -> Callable[..., Any]:
    async def call(self: _Proxy, *args: object, **kwargs: object) -> Any:
        return await self._channel.call(door, method, method.pack(args, kwargs))

    def stream(self: _Proxy, *args: object, **kwargs: object) -> AsyncIterator[Any]:
        return self._channel.stream(door, method, method.pack(args, kwargs))

    made = stream if method.is_stream else call
    made.__name__ = method.name
    return made


def _proxy(name: str, door: Door) -> type[_Proxy]:
    return type(name, (_Proxy,), {each.name: _call(door, each) for each in CONTRACT[door].values()})


async def _hang_up(self: _Proxy) -> None:
    await self._channel.close()


STATION = _proxy("RemoteStation", "station")
ENTRANCE = type("RemoteEntrance", (_proxy("_Entrance", "entrance"),), {"close": _hang_up})


async def connect(folder: Path) -> api.Entrance:
    """Open a connection to the station of a data folder; raises TryLater when nobody answers there."""
    try:
        with address(folder) as path:
            reader, writer = await asyncio.open_unix_connection(path)
    except OSError:
        raise lost() from None
    return cast("api.Entrance", ENTRANCE(Channel(reader, writer)))
