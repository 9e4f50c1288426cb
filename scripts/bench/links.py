"""What a supervision costs a station, and what stations cost a supervision that was lost.

*Day*: two charge points, each with a charge every two hours, in simulated time with a tick every five
seconds; a station in a process of its own, linked by OCPP to a central system in this one. Reference: the
same day without a supervision. CPU s and memory of the station's process.
*Storm*: a thousand stations lose their central system at once; it is back after ten minutes. The most tries
in any one second since then, and how long until every station was back. Reference: a constant pause.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from table import arguments, show
from websockets.asyncio.server import Server, ServerConnection, serve

from core.clock import SimulatedClock
from core.ocpp.pace import pause
from core.passwords import Keeper
from core.profile import load_profile
from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.ocpp.supervised import is_quiet, until
from tests.stations import log_in

TICK_S = 5
EVERY_S = 2 * 3600
CHARGE_S = 5400
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
STATIONS = 1000
LOST_S = 600.0
FIRST_PAUSE_S = 10
FEW_MB = 40.0


# ------------------------------------------------------------ the station's process


async def live(hours: float, url: str) -> None:
    """A day of one station; prints what it took."""
    with tempfile.TemporaryDirectory() as folder:
        clock = SimulatedClock(start=BEGIN, speed=0)
        core = await StationCore.start(
            load_profile("parking-2"),
            Path(folder),
            clock=clock,
            ticking=False,
            keeper=Keeper(memory=8, passes=1),
        )
        try:
            station = await log_in(core, "local")
            await station.change_settings({"general.authentication_location": "disable"})
            if url:
                await station.change_settings(
                    {
                        "general.station_type": "supervised",
                        "supervision.protocol": "ocpp16j",
                        "supervision.primary_url": url,
                        "supervision.identity": "bench",
                    }
                )
                await core.tick()
                await until(core, lambda status: status.state == "connected")
            used = _cpu()
            await pass_day(core, clock, round(hours * 3600), linked=bool(url))
            facts = core.parts.supervision.status().waiting
            print(json.dumps({"cpu": _cpu() - used, "mb": _memory_mb(), "waiting": facts}))
        finally:
            await core.stop()


async def pass_day(core: StationCore, clock: SimulatedClock, seconds: int, *, linked: bool) -> None:
    charging = core.parts.charging
    for moment in range(0, seconds, TICK_S):
        for point in (1, 2):
            into = (moment + (point - 1) * EVERY_S // 2) % EVERY_S
            if into == 0 and charging.charge_points()[point - 1].session is None:
                await charging.sim_plug(point, Vehicle(demand=16.0))
            elif into == CHARGE_S:
                await charging.sim_unplug(point)
        clock.advance(TICK_S)
        await core.tick()
        if linked:
            await asyncio.sleep(0)
            await until(core, lambda status: is_quiet(status) and status.waiting == 0)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# ------------------------------------------------------------ the central system


class Central:
    """Accepts everything; `messages` counts what it was told, by action."""

    def __init__(self) -> None:
        self.messages: Counter[str] = Counter()

    async def talk(self, connection: ServerConnection) -> None:
        async for text in connection:
            _kind, number, action, _payload = json.loads(text)
            self.messages[action] += 1
            await connection.send(json.dumps([3, number, self._answer(action)]))

    def _answer(self, action: str) -> dict[str, object]:
        now = BEGIN.isoformat().replace("+00:00", "Z")
        answers: dict[str, dict[str, object]] = {
            "BootNotification": {"status": "Accepted", "currentTime": now, "interval": 300},
            "Heartbeat": {"currentTime": now},
            "StartTransaction": {
                "transactionId": self.messages["StartTransaction"],
                "idTagInfo": {"status": "Accepted"},
            },
        }
        return answers.get(action, {})


async def day(hours: float, url: str) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        *("--hours", str(hours), "--live", url or "alone"),
        stdout=subprocess.PIPE,
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        raise SystemExit("the station failed")
    found: dict[str, float] = json.loads(said)
    return found


async def compare(hours: float) -> bool:
    central = Central()
    server: Server
    async with serve(central.talk, "127.0.0.1", 0, subprotocols=["ocpp1.6"]) as server:  # type: ignore[list-item]
        port = server.sockets[0].getsockname()[1]
        linked = await day(hours, f"ws://127.0.0.1:{port}/ocpp")
    alone = await day(hours, "")
    told = sum(central.messages.values())
    show(
        f"{hours:g} h of two charge points, in all {told} messages",
        ("", "linked", "alone", "ratio"),
        [
            ("CPU s", linked["cpu"], alone["cpu"], linked["cpu"] / alone["cpu"]),
            ("CPU ms a message", (linked["cpu"] - alone["cpu"]) * 1000 / told, 0.0, ""),
            ("memory MB", linked["mb"], alone["mb"], linked["mb"] / alone["mb"]),
        ],
    )
    return linked["waiting"] == 0 and linked["mb"] - alone["mb"] < FEW_MB


# ------------------------------------------------------------ the storm


def storm(wait: Callable[[int, random.Random], float]) -> tuple[int, float]:
    """The most tries in a second since the central system is back, and s until the last station was."""
    chance = random.Random(7)  # noqa: S311 - nothing is kept secret by it
    tries: Counter[int] = Counter()
    last = 0.0
    for _station in range(STATIONS):
        moment, failures = 0.0, 0
        while moment < LOST_S:
            failures += 1
            moment += wait(failures, chance)
        tries[int(moment)] += 1
        last = max(last, moment - LOST_S)
    return max(tries.values()), last


def compare_storm() -> None:
    ours = storm(lambda failures, chance: pause(failures, FIRST_PAUSE_S, chance.random()))
    constant = storm(lambda _failures, _chance: float(FIRST_PAUSE_S))
    show(
        f"{STATIONS} stations come back after {LOST_S:g} s",
        ("", "grows, spread", "constant pause", "ratio"),
        [
            ("most tries a second", ours[0], constant[0], ours[0] / constant[0]),
            ("s until the last is back", ours[1], constant[1], ""),
        ],
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--hours", type=float, default=24.0, help="how much of the day passes")
    parser.add_argument("--live", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.live:
        asyncio.run(live(given.hours, "" if given.live == "alone" else given.live))
        return 0
    kept = asyncio.run(compare(given.hours))
    compare_storm()
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
