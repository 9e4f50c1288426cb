"""A register of 10,000 badges: first page, find, import, export, at the station and by SQLite and csv alone.

The bare work is a table with the same columns and index in a file of its own, every commit on the disk as the
station has it. Its import reads the rows with csv and inserts them with one `executemany`; its export selects
them and writes them with csv. It checks nothing, seals nothing, logs nothing and keeps no journal; its find
knows capital letters of ASCII only. Both do each round in turn.
"""

from __future__ import annotations

import asyncio
import csv
import io
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from table import arguments, quantile, show

from core.api import Badge, BadgeQuery, Station
from core.badges import table as badges
from core.badges.csv_file import file_of
from core.database import connect
from tests.stations import log_in, running_station

PAGE = 20
AIM = 2.0
WORD = "flat 99"
Times = dict[str, list[tuple[float, float]]]


def invented(count: int) -> list[Badge]:
    return [
        Badge(number=number, uid=f"{number * 7919:08X}", type="user", comment=f"Flat {number}, Müller")
        for number in range(1, count + 1)
    ]


class Bare:
    """SQLite and csv, and nothing else."""

    def __init__(self, folder: Path) -> None:
        (folder / "bare").mkdir()
        self._link = connect(folder / "bare" / "station.sqlite")
        self._link.executescript(badges.SCHEMA)

    def close(self) -> None:
        self._link.close()

    def clear(self) -> None:
        self._link.execute("DELETE FROM badges")

    def import_(self, file: bytes) -> None:
        rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))[1:-1]
        self._link.execute("BEGIN IMMEDIATE")
        self._link.executemany(
            "INSERT INTO badges (number, uid, type, comment) VALUES (?, ?, lower(?), ?)", rows
        )
        self._link.execute("COMMIT")

    def export(self) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerows(
            self._link.execute("SELECT number, uid, type, comment FROM badges ORDER BY number")
        )
        return text.getvalue().encode()

    def page(self) -> list[object]:
        return self._link.execute("SELECT * FROM badges ORDER BY number LIMIT ?", (PAGE,)).fetchall()

    def find(self) -> list[object]:
        return self._link.execute(
            "SELECT * FROM badges WHERE uid LIKE ? OR comment LIKE ? ORDER BY number LIMIT ?",
            (f"%{WORD}%", f"%{WORD}%", PAGE),
        ).fetchall()


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """The milliseconds that it takes."""
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


def timed_bare(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


async def measure(
    station: Station, bare: Bare, count: int, rounds: int
) -> dict[str, list[tuple[float, float]]]:
    """By what is done, the times of each round: the station's and the bare ones."""
    file = file_of(invented(count))
    found: Times = {"import": [], "export": [], "first page": [], "find": []}
    for _ in range(rounds):
        await station.clear_badges()
        bare.clear()
        pairs = {
            "import": (lambda: station.import_badges(file), lambda: bare.import_(file)),
            "export": (station.export_badges, bare.export),
            "first page": (lambda: station.badges(BadgeQuery(limit=PAGE)), bare.page),
            "find": (lambda: station.badges(BadgeQuery(find=WORD, limit=PAGE)), bare.find),
        }
        for what, (ours, theirs) in pairs.items():
            found[what].append((await timed(ours), timed_bare(theirs)))
    return found


async def run(count: int, rounds: int) -> bool:
    """Print the table; True when every aim is met."""
    with tempfile.TemporaryDirectory() as name, closing(Bare(Path(name))) as bare:
        async with running_station("parking-2", Path(name) / "station") as core:
            times = await measure(await log_in(core), bare, count, rounds)
    rows, met = [], True
    for what, pairs in times.items():
        ours, theirs = (quantile([pair[side] for pair in pairs], 0.5) for side in (0, 1))
        aim = f"{AIM:g}" if what in {"import", "export"} else ""
        met &= not aim or ours <= AIM * theirs
        rows.append((what, ours, theirs, ours / theirs, aim))
    show(
        f"{count} badges, medians of {rounds} rounds",
        ("what", "station ms", "bare ms", "station / bare", "aim"),
        rows,
    )
    return met


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--badges", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    sys.exit(0 if asyncio.run(run(options.badges, options.rounds)) else 1)


if __name__ == "__main__":
    main()
