"""`python -m core`: the station as a process of its own, on its data folder's socket."""

from __future__ import annotations

import argparse
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

import platformdirs

from core.ending import End
from core.errors import Busy, StationError
from core.link import LinkServer
from core.link.address import lock
from core.log_lines import log_to_standard_error
from core.profile import HardwareProfile, load_profile
from core.station import StationCore

log = logging.getLogger("core")
EXIT_CODES: Mapping[type[StationError], int] = {Busy: 5}
REFUSED, TRY_LATER = 3, 75
ENDING_SECONDS = 20.0
"""So long another core may take to end: its last copy of a large database is slow."""


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; both values also come from EVTTY_PROFILE and EVTTY_DATA."""
    parser = argparse.ArgumentParser(
        prog="evtty core", description="Run the station alone, without a console."
    )
    parser.add_argument(
        "--profile", default=os.environ.get("EVTTY_PROFILE", "parking-2"), help="a shipped profile or a file"
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("EVTTY_DATA") or platformdirs.user_data_path("evtty")),
        help="the data folder",
    )
    parser.add_argument("--demo", action="store_true", help="invent records, badges and cars")
    return parser.parse_args(argv)


async def serve(profile: HardwareProfile, folder: Path, *, demo: bool) -> End:
    """Run the station until it is stopped or restarts."""
    core = await StationCore.start(profile, folder, demo=demo)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, core.ask_to_stop)
    loop.add_signal_handler(signal.SIGUSR1, lambda: log.info("ticks %s", json.dumps(core.lateness.taken())))
    server = LinkServer(core.entrance, folder)
    try:
        await server.start()
        gc.collect()
        gc.freeze()
        log.info("core ready")
        return await core.ended()
    finally:
        await server.stop()
        await core.stop()
        log.info("ticks %s", json.dumps(core.lateness.taken()))


def main(argv: Sequence[str] | None = None) -> int:
    """Run; return the exit code. A restart replaces the process by a fresh one of the same command line."""
    given = arguments(argv)
    log_to_standard_error()
    folder = given.data.absolute()
    try:
        profile = load_profile(given.profile)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = lock(folder, patience=ENDING_SECONDS)
        end = asyncio.run(serve(profile, folder, demo=given.demo))
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
        command = [sys.executable, "-m", "core", *(sys.argv[1:] if argv is None else argv)]
        os.execv(sys.executable, command)  # noqa: S606 - the very command line that this process has
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
