"""Runs the machine's own network programs, with a time limit."""

from __future__ import annotations

import asyncio
import contextlib
import os

from core.network.driver import NotApplied

LONGEST_S = 10.0
SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


async def run(*command: str, given: str = "", failing_is_fine: bool = False) -> str:
    """What a program prints; `given` is its standard input. Raises NotApplied where it fails."""
    name = command[0]
    path = f"{os.environ.get('PATH', '')}:{SYSTEM_PATH}"
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={"PATH": path, "LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise NotApplied(f"the program {name} is not on this machine") from None
    try:
        async with asyncio.timeout(LONGEST_S):
            printed, complained = await process.communicate(given.encode())
    except TimeoutError:
        raise NotApplied(f"{name} does not come to an end") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode and not failing_is_fine:
        said = complained.decode(errors="replace").strip().splitlines()
        raise NotApplied(f"{name}: {said[-1] if said else f'exit code {process.returncode}'}")
    return printed.decode(errors="replace")
