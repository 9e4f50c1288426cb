"""Every real session of the data set through the station: how many a second, and does each get its energy.

Users in pairs, one a charge point, each pair on a fresh station with two points; first with the station in
this process, then by calls over its link. Starting a station is not counted.

Fails where a record is missing, an energy is off, or a session is said not to fit that does.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from table import ROOT, arguments, show

from core.api import Origin, RecordQuery, Station
from core.clock import SimulatedClock
from core.profile import load_profile
from core.replay.driver import replay
from core.replay.plan import stays
from core.replay.report import ReplayReport, Tally
from core.replay.trondheim import RealSession, sessions
from core.station import StationCore
from tests.crash import reaching
from tests.left_out import dataset_file

PROFILE = "parking-2"
FULL_POWER_W = 3 * 230 * 32
"""What a vehicle of the replay draws where nothing limits it."""
Opened = Callable[[Path], AbstractAsyncContextManager[Station]]
Pair = Mapping[int, Sequence[RealSession]]


def pairs_of_users(text: str) -> list[Pair]:
    """The sessions of all users, two users at a time."""
    of_user: dict[str, list[RealSession]] = {}
    for session in sessions(text):
        of_user.setdefault(session.user, []).append(session)
    users = sorted(of_user)
    return [{n: of_user[user] for n, user in enumerate(users[i : i + 2], 1)} for i in range(0, len(users), 2)]


@asynccontextmanager
async def in_process(folder: Path) -> AsyncIterator[Station]:
    clock = SimulatedClock(speed=0)
    core = await StationCore.start(load_profile(PROFILE), folder, clock=clock)
    try:
        yield await core.entrance().local(Origin(kind="local"))
    finally:
        await core.stop()


@asynccontextmanager
async def over_the_link(folder: Path) -> AsyncIterator[Station]:
    core = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "core", "--profile", PROFILE, "--data", str(folder)),
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        yield await reaching.station(folder)
    finally:
        with contextlib.suppress(ProcessLookupError):
            core.terminate()
        await core.wait()


async def replayed(pairs: Sequence[Pair], opened: Opened) -> tuple[ReplayReport, int, float]:
    """Replay all pairs; give the sum of their reports, the records the stations hold, and the seconds."""
    reports, stored, took = [], 0, 0.0
    for pair in pairs:
        with tempfile.TemporaryDirectory() as folder:
            async with opened(Path(folder)) as station:
                began = time.perf_counter()
                reports.append(await replay(station, pair))
                took += time.perf_counter() - began
                page = await station.records(RecordQuery(last=5_000))
                numbers = [record.number for record in reversed(page.records)]
                if numbers != list(range(1, len(numbers) + 1)):
                    raise SystemExit(f"record numbers have gaps: {numbers}")
                stored += len(numbers)
    return added(reports), stored, took


def added(reports: Sequence[ReplayReport]) -> ReplayReport:
    """The sum of reports."""

    def counts(each: Sequence[Mapping[str, int]]) -> dict[str, int]:
        return {why: sum(one.get(why, 0) for one in each) for why in {why for one in each for why in one}}

    names = ("sessions", "served", "interrupted", "not_fitting", "off", "asked_wh", "delivered_wh")
    return ReplayReport(
        **{name: sum(getattr(report, name) for report in reports) for name in names},
        refused=counts([report.refused for report in reports]),
        flawed=counts([report.flawed for report in reports]),
    )


def too_much(pairs: Sequence[Pair]) -> int:
    """How many sessions that can be replayed ask for more than their time holds at full power."""
    found = 0
    for pair in pairs:
        for point, each in pair.items():
            for stay in stays(point, each, Tally()):
                found += stay.energy_wh > FULL_POWER_W * (stay.end - stay.start).total_seconds() / 3600
    return found


async def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--pairs", type=int, help="only so many pairs of users")
    given = parser.parse_args()
    pairs = pairs_of_users(dataset_file().read_text(encoding="utf-8"))[: given.pairs]
    rows, reasons, reference, failed = [], dict[str, int](), 0.0, False
    for name, opened in (("core in this process", in_process), ("core over its link", over_the_link)):
        report, stored, took = await replayed(pairs, opened)
        reasons = {**report.refused, **report.flawed}
        left_out = sum(reasons.values())
        rate = report.served / took
        reference = reference or rate
        rows.append(
            (
                name,
                report.sessions,
                report.served,
                left_out,
                report.not_fitting,
                report.off,
                stored,
                round(report.asked_wh / 1000),
                round(report.delivered_wh / 1000),
                rate,
                rate / reference,
            )
        )
        is_whole = stored == report.served and report.served + left_out == report.sessions
        failed |= report.off > 0 or report.not_fitting != too_much(pairs) or not is_whole
    columns = ("station", "sessions", "served", "left out", "did not fit", "over 1 % off", "records stored")
    show("replay", (*columns, "kWh asked", "kWh delivered", "sessions/s", "ratio"), rows)
    print("left out:", ", ".join(f"{why} {count}" for why, count in sorted(reasons.items())), file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
