"""The programs sz and rz as they are run here: fixed arguments, no shell, in a folder of their own."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import resource
import shutil
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Final

PIPE_ON_A_LINE: Final = 4096
"""Bytes that may wait before a slow line; more would come late when the other end asks for a place again."""
SEND: Final = ("--zmodem", "--binary", "--escape", "--quiet")
RECEIVE: Final = (*SEND, "--restricted", "--junk-path")
"""No command, no path, no hidden file and no other file is touched. Control characters are escaped on the
way here as well: an OpenSSH client takes the tilde after a line end for itself."""
QUIET: Final = {"LC_ALL": "C"}


def program(name: str) -> str | None:
    """Where `sz` or `rz` is; some systems call them `lsz` and `lrz`."""
    return shutil.which(name) or shutil.which(f"l{name}")


class Partner:
    """One run of sz or rz, its input and output in this process. Raises OSError when it cannot be started."""

    process: asyncio.subprocess.Process

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._readable = asyncio.Event()
        self._output = -1

    async def start(
        self,
        words: Iterable[str],
        folder: Path,
        *,
        slow: bool,
        kept: Iterable[int] = (),
        largest: int | None = None,
    ) -> None:
        """`slow`: before a line, as little as possible waits. `kept` are descriptors that it may use.

        `largest`: bytes of the largest file that it may write.
        """
        self._output, its_output = os.pipe()
        if slow:
            fcntl.fcntl(its_output, fcntl.F_SETPIPE_SZ, PIPE_ON_A_LINE)
        os.set_blocking(self._output, False)
        try:
            self.process = await asyncio.create_subprocess_exec(
                *words,
                stdin=asyncio.subprocess.PIPE,
                stdout=its_output,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=folder,
                env=QUIET,
                pass_fds=tuple(kept),
                start_new_session=True,
            )
        except BaseException:
            os.close(self._output)
            raise
        finally:
            os.close(its_output)
        self._limit(resource.RLIMIT_CORE, 0)
        self._limit(resource.RLIMIT_FSIZE, largest or 0)

    def _limit(self, what: int, most: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(self.process.pid, what, (most, most))

    async def read(self, most: int) -> bytes:
        """What it wants to send; nothing at its end."""
        while True:
            try:
                return os.read(self._output, most)
            except BlockingIOError:
                await self._wait_for_output()

    async def _wait_for_output(self) -> None:
        self._readable.clear()
        self._loop.add_reader(self._output, self._readable.set)
        try:
            await self._readable.wait()
        finally:
            if self._output >= 0:
                self._loop.remove_reader(self._output)

    async def write(self, data: bytes) -> None:
        """Give it what arrived; after its end, to nobody."""
        assert self.process.stdin is not None  # noqa: S101 -- asked for above
        with contextlib.suppress(ConnectionError):
            self.process.stdin.write(data)
            await self.process.stdin.drain()

    @property
    def wrote_too_much(self) -> bool:
        return self.process.returncode == -signal.SIGXFSZ

    def kill(self) -> None:
        """End it now; its descriptors are closed."""
        if self._output >= 0:
            self._loop.remove_reader(self._output)
            os.close(self._output)
            self._output = -1
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()

    async def gone(self) -> None:
        """End it now, and wait until nothing of it is left."""
        self.kill()
        await self.process.wait()
