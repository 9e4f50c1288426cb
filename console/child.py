"""A process of the station that is started again when it dies."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import IO

from console.backoff import Backoff
from console.texts import _

PR_SET_PDEATHSIG = 1
REFUSALS = frozenset({2, 3, 4, 5, 6})
"""Exit codes that say that starting again would not help."""
PATIENCE_S = 15.0

_libc = ctypes.CDLL(None)


def _die_with_the_supervisor() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class StartRefused(Exception):
    """The process ended by itself with this exit code before it was ready; it has said why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Child:
    """Runs `python WORDS...` and keeps it running. Not in the terminal's process group: ^C is not for it.

    `ready` waits until a start has succeeded and gives what is to be told of it. With `announces`, the
    process gets `--ready-fd N` and writes one line there. With `is_on_trial`, a refusal is of software that
    is given up again after some starts.
    """

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        *,
        errors: IO[bytes] | None,
        announces: bool = False,
        answers: Callable[[], Awaitable[bool]] | None = None,
        is_on_trial: Callable[[], bool] = lambda: False,
    ) -> None:
        self.name = name
        self._words = list(words)
        self._errors = errors
        self._announces = announces
        self._answers = answers
        self._is_on_trial = is_on_trial
        self._process: asyncio.subprocess.Process | None = None
        self._ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def ready(self) -> str:
        """What the first start told when it was ready. Raises StartRefused."""
        return await asyncio.shield(self._ready)

    def start_with(self, words: Sequence[str]) -> None:
        """Use another command line from the next start on."""
        self._words = list(words)

    async def keep(self) -> None:
        """Start, and start again after every death, until cancelled; then end the process in order."""
        backoff = Backoff()
        try:
            while True:
                began = time.monotonic()
                code = await self._live()
                if not self._ready.done() and code in REFUSALS and not self._is_on_trial():
                    self._ready.set_exception(StartRefused(code))
                    return
                wait = backoff.wait_after(time.monotonic() - began)
                self._tell(code, wait)
                await asyncio.sleep(wait)
        finally:
            await self._end()

    async def _live(self) -> int:
        words = [sys.executable, *self._words]
        watching: asyncio.Task[None] | None = None
        reader, writer = os.pipe() if self._announces else (-1, -1)
        if self._announces:
            words += ["--ready-fd", str(writer)]
        try:
            self._process = await asyncio.create_subprocess_exec(
                *words,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                pass_fds=(writer,) if self._announces else (),
                start_new_session=True,
                env={**os.environ, "PYTHONSAFEPATH": "1"},
                preexec_fn=_die_with_the_supervisor,
            )
        finally:
            if self._announces:
                os.close(writer)
        watching = asyncio.create_task(self._watch(reader), name=f"{self.name} ready")
        try:
            return await self._process.wait()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            if self._announces:
                os.close(reader)

    async def _watch(self, reader: int) -> None:
        told = ""
        if self._announces:
            line = await _line_of(reader)
            if not line:
                return
            told = line.strip()
        while self._answers is not None and not await self._answers():  # noqa: ASYNC110 -- another process.
            await asyncio.sleep(0.05)
        if not self._ready.done():
            self._ready.set_result(told)

    def _tell(self, code: int, wait: float) -> None:
        how = (
            _("was ended by signal {number}").format(number=-code)
            if code < 0
            else _("ended with code {code}").format(code=code)
        )
        text = _("The process {name} {how}; it is started again in {wait:g} s.")
        line = text.format(name=self.name, how=how, wait=wait) + "\n"
        stream = self._errors if self._errors is not None else sys.stderr.buffer
        stream.write(line.encode())
        stream.flush()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), PATIENCE_S)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _line_of(descriptor: int) -> str:
    """The first line that is written to the other end of a pipe, whole; empty when it is closed before."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _protocol = await loop.connect_read_pipe(
        lambda: protocol, os.fdopen(os.dup(descriptor), "rb", buffering=0)
    )
    try:
        return (await reader.readline()).decode()
    finally:
        transport.close()
