"""The core's process: the station on its data folder's socket, until it stops or starts again."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.bms.listening import Endpoint, endpoint
from core.ending import End
from core.errors import Busy, StationError
from core.firmware.launch import fresh_environment
from core.link import LinkServer
from core.link.address import lock
from core.log_lines import log_to_standard_error
from core.profile import HardwareProfile, load_profile
from core.proving import prove
from core.station import StationCore

log = logging.getLogger("core")
EXIT_CODES: Mapping[type[StationError], int] = {Busy: 5}
REFUSED, TRY_LATER = 3, 75
ENDING_SECONDS = 20.0
"""So long another core may take to end: its last copy of a large database is slow."""


async def serve(profile: HardwareProfile, folder: Path, *, demo: bool, bms: Endpoint | None) -> End:
    """Run the station until it is stopped or restarts."""
    core = await StationCore.start(profile, folder, demo=demo, bms=bms)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, core.ask_to_stop)
    loop.add_signal_handler(signal.SIGUSR1, lambda: log.info("ticks %s", json.dumps(core.lateness.taken())))
    server = LinkServer(core.entrance, folder)
    proof: asyncio.Task[None] | None = None
    try:
        await server.start()
        gc.collect()
        gc.freeze()
        log.info("core ready")
        proof = asyncio.create_task(prove(core.parts, folder), name="proof")
        return await core.ended()
    finally:
        if proof is not None:
            proof.cancel()
            await asyncio.gather(proof, return_exceptions=True)
        await server.stop()
        await core.stop()
        log.info("ticks %s", json.dumps(core.lateness.taken()))


def run(name: str, folder: Path, *, demo: bool, bms: str, words: Sequence[str]) -> int:
    """Run the station of a profile and a data folder; return the exit code.

    A restart replaces the process by a fresh one of the same command line, `words`.
    """
    log_to_standard_error()
    try:
        profile = load_profile(name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = lock(folder, patience=ENDING_SECONDS)
        end = asyncio.run(serve(profile, folder, demo=demo, bms=endpoint(bms)))
        os.close(held)
    except StationError as refused:
        log.error("%s", refused.message)  # noqa: TRY400 - a refusal speaks for itself
        for problem in refused.problems:
            log.error("%s", problem.message)  # noqa: TRY400
        return EXIT_CODES.get(type(refused), REFUSED)
    except (OSError, sqlite3.OperationalError) as fault:
        log.error("the data folder %s cannot be used: %s", folder, fault)  # noqa: TRY400 - names its file
        return TRY_LATER
    if end == "restart":
        command = [sys.executable, "-m", "core", *words]
        os.execve(sys.executable, command, fresh_environment())  # noqa: S606 - this process's command line
    return 0
