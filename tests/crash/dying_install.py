"""`python -m tests.crash.dying_install ROOT PACKAGE KEY NAME=N...`: installs, and dies at the N-th step.

Each time in a process of its own, in the data folder ROOT/NAME. With 0 it comes to its end and prints how
many steps there are: a file that is opened to be written, renamed or removed, or a folder that is made.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import msgspec

from core.clock import SystemClock
from core.firmware.firmware import OURS, Firmware
from core.profile import load_profile

STEPS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "open")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def die_at(number: int) -> list[str]:
    """Die, as by a power cut, before the step of this number; gives the list that grows with each."""
    made: list[str] = []

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in STEPS or (event == "open" and not arguments[2] & WRITES):
            return
        made.append(event)
        if len(made) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)
    return made


async def install(data: Path, package: Path, key: str, number: int) -> int:
    profile = msgspec.structs.replace(load_profile("parking-2"), firmware_keys=(key,))
    firmware = Firmware(
        profile,
        data,
        "0.1.0",
        SystemClock(),
        lambda _note: None,
        lambda _event: None,
        is_open=lambda _session: False,
        answering=lambda: (1, 2),
    )
    firmware.start()
    with package.open("rb") as file:
        firmware.take_file(OURS, file)
    seen = await firmware.verify(OURS)
    made = die_at(number)
    await firmware.write(OURS, seen.digest, account="admin", origin="local")
    return len(made)


def main(root: Path, package: Path, key: str, runs: list[str]) -> None:
    for run in runs:
        name, _, number = run.partition("=")
        data = root / name
        data.mkdir(exist_ok=True)
        child = os.fork()
        if child == 0:
            sys.stdout.write(f"{asyncio.run(install(data, package, key, int(number)))}\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    folder, content, trusted, *each = sys.argv[1:]
    main(Path(folder), Path(content), trusted, each)
