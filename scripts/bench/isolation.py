"""The station's 1 s control tick while 8 consoles log in, switch tabs and vanish, and their process crashes.

Every console's TCP connection is cut at the end of each round, and the whole console process is killed every
30 s. The reference of the same run is the station with nobody connected. Lateness is measured in core, as
the time from when a tick was due to when it ran; core tells it on SIGUSR1.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from pathlib import Path

import asyncssh
from table import arguments, show

from console_client import HungUp, TimedConsole, commission  # isort: skip
from station_ticks import Ticks

from tests.crash.processes import children, kill
from tests.dialogues.running import RunningStation

CONSOLES = 8
TABS = "2345"
"""Keys of the tabs that are not open after the log-in."""
CRASH_EVERY_S = 30.0
AGAIN_AFTER_S = 0.2
AIM_P99_MS = 20.0
LOST = (OSError, asyncssh.Error, HungUp, TimeoutError)
"""What a client meets whose station's console has crashed."""


async def restless(port: int, chance: random.Random, switched: list[float]) -> None:
    """Log in, switch tabs, vanish; again without end."""
    while True:
        try:
            console = await TimedConsole.connect(port)
            await console.until(console.is_drawn)
            for key in chance.sample(TABS, len(TABS)):
                took = await console.echo_time(key)
                switched.append(took)
            console.abort()
        except LOST:
            await asyncio.sleep(AGAIN_AFTER_S)


async def crashing(supervisor: int, crashes: list[int]) -> None:
    """Kill the console process again and again."""
    while True:
        await asyncio.sleep(CRASH_EVERY_S)
        console = children(supervisor).get("console")
        if console is not None:
            kill(console)
            crashes.append(console)


async def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long to measure, in each state")
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder, RunningStation(Path(folder)) as station:
        await commission(Path(folder))
        ticks = Ticks(station)
        await ticks.taken()
        await asyncio.sleep(given.seconds)
        idle = await ticks.taken()
        switched: list[float] = []
        crashes: list[int] = []
        work = [
            *(restless(station.port, random.Random(n), switched) for n in range(CONSOLES)),  # noqa: S311 - no secret
            crashing(station.process.pid, crashes),
        ]
        load = [asyncio.create_task(one) for one in work]
        await asyncio.wait(load, timeout=given.seconds, return_when=asyncio.FIRST_EXCEPTION)
        loaded = await ticks.taken()
        for task in load:
            task.cancel()
        failed = [
            one for one in await asyncio.gather(*load, return_exceptions=True) if isinstance(one, Exception)
        ]
    if failed:
        raise failed[0]
    for what, found, tabs, killed in (
        ("nobody connected", idle, 0, 0),
        (f"{CONSOLES} consoles", loaded, len(switched), len(crashes)),
    ):
        figures = (found[name] for name in ("ticks", "missed", "p50_ms", "p99_ms", "worst_ms"))
        rows.append((what, tabs, killed, *figures, found["p99_ms"] / idle["p99_ms"]))
    columns = (
        "state",
        "tabs switched",
        "console killed",
        "ticks",
        "missed",
        "p50 <",
        "p99 <",
        "worst",
        "ratio of p99",
    )
    show("isolation: lateness of the control tick, ms", columns, rows)
    return int(loaded["p99_ms"] >= AIM_P99_MS or loaded["missed"] > 0 or not switched)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
