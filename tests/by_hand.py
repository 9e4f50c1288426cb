"""The devices that anyone can try without hardware, worked by a test as by hand."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.core.readers.hand_clock import GUARD_SECONDS

ROOT = Path(__file__).resolve().parents[1]


class Fake:
    """A device that runs: `table` and `driver` as it prints them for a hardware profile, and its `link`."""

    def __init__(self, program: asyncio.subprocess.Process) -> None:
        assert program.stdin is not None
        assert program.stdout is not None
        self._typed, self._said = program.stdin, program.stdout
        self._program = program
        self.table = self.driver = self.link = ""

    async def begins(self) -> None:
        """Take in what it prints for a hardware profile."""
        said = [(await self._said.readline()).decode().rstrip("\n") for _ in range(3)]
        self.table, self.driver, self.link = said[0], _text(said[1], "driver"), _text(said[2], "link")

    def does(self, typed: str) -> None:
        """Type lines."""
        self._typed.write(f"{typed}\n".encode())

    async def says(self) -> str:
        """The next line that it prints."""
        return (await self._said.readline()).decode()

    async def ends(self) -> str:
        """Type the end; what it printed until then."""
        self._typed.close()
        assert await self._program.wait() == 0
        return (await self._said.read()).decode()


@asynccontextmanager
async def fake(script: str, *arguments: str) -> AsyncIterator[Fake]:
    """Run one of the scripts until the end of the block, which may take GUARD_SECONDS."""
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        f"scripts/{script}",
        *arguments,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    device = Fake(program)
    try:
        async with asyncio.timeout(GUARD_SECONDS):
            await device.begins()
            yield device
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


def _text(line: str, key: str) -> str:
    assert line.startswith(f'{key} = "'), line
    return line.removeprefix(f'{key} = "').removesuffix('"')
