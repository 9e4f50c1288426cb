"""A request's body that says when the last of it goes out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx


class Watched(httpx.AsyncByteStream):
    """`body` as it is; `last` is called before its last piece is handed over."""

    def __init__(self, body: httpx.AsyncByteStream, last: Callable[[], None]) -> None:
        self._body = body
        self._last = last

    async def __aiter__(self) -> AsyncIterator[bytes]:
        waiting: bytes | None = None
        async for piece in self._body:
            if waiting is not None:
                yield waiting
            waiting = piece
        if waiting is not None:
            self._last()
            yield waiting

    async def aclose(self) -> None:
        await self._body.aclose()
