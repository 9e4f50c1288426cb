"""A million charge data records at a station that runs as a process of its own, asked over its link.

*Export*: from the first question to the last byte in a file. Reference: a Python program that reads the same
table with sqlite3 and writes the same bytes with csv; `raw` is what that takes without writing times, energy
and durations as the guide has them. *First page*: the newest thirty records with all totals. *Store*: a car
leaves and its record is on the disk. Reference of both: a station with a hundred records. All in turns.
"""

from __future__ import annotations

import asyncio
import contextlib
import filecmp
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from table import ROOT, arguments, quantile, show

from core.api import RecordQuery, Station, Vehicle
from core.database import connect, prepare
from core.schema import MIGRATIONS, SCHEMA
from tests.crash import reaching

FEW = 100
LAST = 3000
AIM_EXPORT = 1.5
AIM_PAGE = 1.2
BEGIN = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
APART_S = 800
HOLDERS = 500
ZONE = "Europe/Paris"
"""A zone with clock changes: the hardest to write times of."""
INSERT = f"INSERT INTO records VALUES ({', '.join('?' * 17)}, NULL)"  # noqa: S608 - fixed text


Rows = list[tuple[object, ...]]


def invented(count: int) -> Iterator[tuple[int | str, ...]]:
    for number in range(1, count + 1):
        kind, phases = ("AC_THREE_PHASE", 3) if number % 3 else ("AC_SINGLE_PHASE", 1)
        start, duration = BEGIN + number * APART_S, number * 911 % 30_000
        energy = number * 613 % 40_000
        yield (
            number,
            "4K261120417A2P2T2320000417",
            1 + number % 2,
            number + 7,
            number * 7919 % HOLDERS + 1,
            kind,
            start,
            start + duration,
            energy,
            "TYPE2",
            duration,
            "vehicle_unplugged",
            number * 20_000,
            number * 20_000 + energy,
            7_400,
            11_000,
            phases,
        )


def fill(folder: Path, count: int) -> None:
    """A station's database with so many records."""
    folder.mkdir()
    link = connect(folder / "station.sqlite")
    prepare(link, SCHEMA, MIGRATIONS)
    link.execute("BEGIN")
    link.executemany(
        "INSERT INTO record_holders VALUES (?, ?, ?, ?)",
        (
            (
                number,
                f"{number * 7919:08X}",
                f"Flat {number}, Müller",
                f"{number * 7919:08x}\nflat {number}, müller",
            )
            for number in range(1, HOLDERS + 1)
        ),
    )
    link.executemany(INSERT, invented(count))
    link.execute("COMMIT")
    link.close()


@asynccontextmanager
async def station(folder: Path) -> AsyncIterator[tuple[Station, int, float]]:
    """A station on this folder, its process, and the seconds until it was ready."""
    began = time.perf_counter()
    core = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "core", "--profile", "parking-2", "--data", str(folder)),
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        yield await reaching.station(folder), core.pid, time.perf_counter() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            core.terminate()
        await core.wait()


def memory_kb(process: int) -> int:
    """The most memory that a process has held since it was last asked to forget."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def forget_memory(process: int) -> int:
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")
    return memory_kb(process)


async def exported(way: str, folder: Path, count: int, file: Path) -> tuple[float, int]:
    """The seconds of one export and the memory of the process that took it, in kB."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, str(Path(__file__).with_name("records_file.py")), way, str(folder)),
        *(str(count), str(file)),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await child.communicate()
    took, memory = said.split()
    return float(took), int(memory)


async def export_rows(folder: Path, core: int, counts: dict[int, int]) -> tuple[Rows, bool]:
    rows: Rows = []
    met = True
    ours, theirs, raw = (folder.with_name(name) for name in ("ours.csv", "theirs.csv", "raw.csv"))
    for count, rounds in counts.items():
        took: dict[str, list[float]] = {"link": [], "csv": [], "raw": []}
        most = dict.fromkeys((*took, "core"), 0)
        idle = forget_memory(core)
        for _ in range(rounds):
            for way, file in (("link", ours), ("csv", theirs), ("raw", raw)):
                seconds, memory = await exported(way, folder, count, file)
                took[way].append(seconds)
                most[way] = max(most[way], memory)
            if not filecmp.cmp(ours, theirs, shallow=False):
                raise SystemExit("the station's file is not the one that csv writes")
        most["core"] = memory_kb(core) - idle
        mid = {way: quantile(seconds, 0.5) for way, seconds in took.items()}
        ratio = mid["link"] / mid["csv"]
        met &= ratio <= AIM_EXPORT
        rows.append(
            (
                count,
                *(mid[way] for way in ("link", "csv", "raw")),
                ratio,
                AIM_EXPORT,
                mid["link"] / mid["raw"],
                *(round(most[way] / 1024) for way in ("link", "csv", "core")),
            )
        )
    return rows, met


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


async def page_rows(many: Station, few: Station, rounds: int) -> tuple[Rows, bool]:
    month = datetime.fromtimestamp(BEGIN, UTC) + timedelta(days=600)
    queries = {
        "first page": RecordQuery(),
        "page 2": RecordQuery(after=60),
        "of a point": RecordQuery(point=2),
        "of a month": RecordQuery(since=month, until=month + timedelta(days=30)),
        "find a badge": RecordQuery(find="flat 77"),
        "most energy": RecordQuery(sort="energy"),
        "a month's most energy": RecordQuery(sort="energy", since=month, until=month + timedelta(days=30)),
    }
    rows: Rows = []
    met = True
    for what, query in queries.items():
        times: tuple[list[float], list[float]] = [], []
        for _ in range(rounds):
            times[0].append(await timed(partial(many.records, query)))
            times[1].append(await timed(partial(few.records, query)))
        ours, reference = (quantile(each, 0.5) for each in times)
        is_aim = what == "first page"
        met &= not is_aim or ours <= AIM_PAGE * reference
        rows.append((what, ours, reference, ours / reference, AIM_PAGE if is_aim else ""))
    return rows, met


async def stored(station: Station, rounds: int) -> float:
    """The milliseconds from a vehicle's departure until its record is on the disk."""
    took = []
    for _ in range(rounds):
        await station.sim_plug(1, Vehicle())
        await station.sim_badge("04A1B2C3", 1)
        took.append(await timed(partial(station.sim_unplug, 1)))
    return quantile(took, 0.5)


async def run(count: int, rounds: int) -> bool:
    """Print the tables; True when every aim is met."""
    with tempfile.TemporaryDirectory() as name:
        folders = Path(name) / "many", Path(name) / "few"
        for folder, size in zip(folders, (count, FEW), strict=True):
            fill(folder, size)
        async with AsyncExitStack() as stack:
            many, core, started = await stack.enter_async_context(station(folders[0]))
            few, _, started_few = await stack.enter_async_context(station(folders[1]))
            await many.change_settings({"time.zone": ZONE})
            pages, pages_met = await page_rows(many, few, rounds * 20)
            times = [await stored(each, rounds * 10) for each in (many, few)]
            pages.append(("store a record", *times, times[0] / times[1], ""))
            exports, exports_met = await export_rows(folders[0], core, {LAST: rounds, count: 3})
    show(
        f"pages of {count} records, ms, medians of {rounds * 20}",
        ("what", str(count), str(FEW), "ratio", "aim"),
        pages,
    )
    show(
        f"export out of {count} records, s, medians; memory in MB",
        (
            *("records", "station", "csv", "raw", "station / csv", "aim", "station / raw"),
            *("client", "csv process", "more in core"),
        ),
        exports,
    )
    show("start", ("records", "s until ready"), ((count, started), (FEW, started_few)))
    return pages_met and exports_met


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sys.exit(0 if asyncio.run(run(options.records, options.rounds)) else 1)


if __name__ == "__main__":
    main()
