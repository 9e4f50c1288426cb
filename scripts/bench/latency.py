"""Key to echo with 1 and 8 consoles, and connection to first full screen.

A key is Tab in a form, its echo the selection that has moved on the screen of an emulator. The reference of
8 consoles is one alone; that of the first screen is a bare command (`help`) on the same server, in turns.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from table import arguments, quantile, show

from console_client import TimedConsole, commission, ssh  # isort: skip
from tests.dialogues.running import RunningStation

MOST_CONSOLES = 8
PAUSE_S = 0.2
AIM_ECHO_MS, AIM_FIRST_SCREEN = 60.0, 3.0
BETWEEN_VISITS_S = 1.0
"""The console makes a new session ready behind each one that was taken."""


async def first_screens(port: int, visits: int) -> tuple[list[float], list[float]]:
    """Milliseconds from connecting to the first full screen, and to the end of `help`, in turns."""
    screens: list[float] = []
    commands: list[float] = []
    for _ in range(visits):
        began = time.perf_counter()
        async with await ssh(port) as connection:
            await connection.run("help", check=True)
        commands.append(1e3 * (time.perf_counter() - began))
        await asyncio.sleep(BETWEEN_VISITS_S)
        began = time.perf_counter()
        console = await TimedConsole.connect(port)
        await console.until(console.is_drawn)
        screens.append(1e3 * (time.perf_counter() - began))
        await console.close()
        await asyncio.sleep(BETWEEN_VISITS_S)
    return screens, commands


async def echoes(port: int, consoles: int, keys: int) -> list[float]:
    """Milliseconds from key to echo; every console types at its own pace."""
    opened = [await TimedConsole.connect(port) for _ in range(consoles)]
    for console in opened:
        await console.until(console.is_drawn)
        await console.quiet(0.5)

    async def typing(console: TimedConsole, number: int) -> list[float]:
        await asyncio.sleep(number * PAUSE_S / consoles)
        found = []
        for _ in range(keys):
            found.append(1e3 * await console.echo_time("\t"))
            await asyncio.sleep(PAUSE_S)
        return found

    times = await asyncio.gather(*(typing(console, n) for n, console in enumerate(opened)))
    for console in opened:
        await console.close()
    return [one for console in times for one in console]


async def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--keys", type=int, default=100, help="keys typed on each console")
    parser.add_argument("--visits", type=int, default=20, help="connections timed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, RunningStation(Path(folder)) as station:
        await commission(Path(folder))
        screens, commands = await first_screens(station.port, given.visits)
        alone = await echoes(station.port, 1, given.keys)
        together = await echoes(station.port, MOST_CONSOLES, given.keys)
    rows = []
    for what, times, reference in (
        ("key to echo, 1 console", alone, alone),
        (f"key to echo, {MOST_CONSOLES} consoles", together, alone),
        ("bare command", commands, commands),
        ("first full screen", screens, commands),
    ):
        ratio = quantile(times, 0.5) / quantile(reference, 0.5)
        rows.append((what, quantile(times, 0.5), quantile(times, 0.99), max(times), len(times), ratio))
    show("latency, ms", ("what", "p50", "p99", "worst", "count", "ratio of p50"), rows)
    aims = quantile(together, 0.99) < AIM_ECHO_MS and quantile(screens, 0.5) < AIM_FIRST_SCREEN * quantile(
        commands, 0.5
    )
    return int(not aims)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
