"""A server that answers by a script, for what no real server can be made to say."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.peers.cable import unused_port


class ScriptedServer:
    """Says `greeting`, then to each line the answer of the first word in `answers`; None: hangs up.

    A line without an answer stays without one. `heard` has all lines. `context`: encrypted from the start.
    """

    def __init__(
        self,
        greeting: bytes,
        answers: Mapping[str, bytes | None] | None = None,
        *,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._context = context
        self.port = unused_port()
        self.heard: list[bytes] = []
        self._last_word: str | None = None
        self._encrypting: tuple[str, ssl.SSLContext] | None = None
        self.visited = asyncio.Event()
        self._greeting = greeting
        self._answers = answers or {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: set[asyncio.StreamWriter] = set()

    def encrypt_after(self, word: str, context: ssl.SSLContext) -> None:
        """Agree to this word (234), then speak TLS."""
        self._encrypting = (word, context)

    def hang_up_after(self, word: str) -> None:
        """Answer this word, then close the connection."""
        self._last_word = word

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", self.port, ssl=self._context)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._open):
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            self._open.add(writer)
            self.visited.set()
            writer.write(self._greeting)
            while line := await reader.readline():
                self.heard.append(line)
                word = line.decode(errors="replace").split(" ")[0].strip()
                if self._encrypting is not None and word == self._encrypting[0]:
                    writer.write(b"234 go on\r\n")
                    await writer.start_tls(self._encrypting[1])
                    continue
                if word not in self._answers:
                    continue
                answer = self._answers[word]
                if answer is None:
                    return
                writer.write(answer)
                if word == self._last_word:
                    await writer.drain()
                    return
        except OSError:
            pass
        finally:
            self._open.discard(writer)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
