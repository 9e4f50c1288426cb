"""A log of 50,000 entries, the most that is kept, asked in the station's own process.

Reference of each question: the same one of a log with 200 entries, in turns. *More MB*: the most that Python
holds during the question on the long log, above what it held before.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from table import arguments, quantile, show

from core.api import LogQuery, Station
from core.audit import KEPT, Note, append
from core.station import StationCore
from tests.stations import log_in, running_station

FEW = 200
START = datetime(2026, 1, 1, tzinfo=UTC)
Question = Callable[[Station], Awaitable[object]]
QUESTIONS: dict[str, Question] = {
    "newest page": lambda station: station.log(LogQuery()),
    "oldest page": lambda station: station.log(LogQuery(oldest=True)),
    "page of one account": lambda station: station.log(LogQuery(account="user")),
    "find what is nowhere": lambda station: station.log(LogQuery(find="nothing like it")),
    "verify": lambda station: station.verify_log(),
}


async def write(core: StationCore, count: int) -> None:
    def store(link: sqlite3.Connection) -> None:
        for number in range(count):
            note = Note(
                kind="audit",
                action="setting_changed",
                account="user" if number % 7 == 0 else "admin",
                origin="ssh 192.0.2.7",
                subject="general.station_location",
                old="indoor",
                new=f"outdoor {number}",
            )
            append(link, note, START + timedelta(seconds=number))

    await core.parts.storage.write(store)


async def took(question: Question, station: Station) -> float:
    begin = time.perf_counter()
    await question(station)
    return time.perf_counter() - begin


async def more(question: Question, station: Station) -> float:
    tracemalloc.start()
    await question(station)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


async def measured(rounds: int) -> list[tuple[object, ...]]:
    async with AsyncExitStack() as stack:
        stations = []
        for count in (FEW, KEPT):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            core = await stack.enter_async_context(running_station("parking-2", folder))
            await write(core, count)
            stations.append(await log_in(core))
        few, many = stations
        rows: list[tuple[object, ...]] = []
        for name, question in QUESTIONS.items():
            times = [(await took(question, many), await took(question, few)) for _ in range(rounds)]
            long, short = (quantile([each[at] for each in times], 0.5) * 1000 for at in (0, 1))
            rows.append((name, long, short, long / short, await more(question, many)))
        return rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rows = asyncio.run(measured(parser.parse_args().rounds))
    show(f"A log of {KEPT:,} entries", ("question", "ms", "reference ms", "ratio", "more MB"), rows)


if __name__ == "__main__":
    main()
