"""One export of records in a process of its own: by a station's link, or by SQLite and csv alone.

Prints the seconds from the first question to the last byte in the file, and the most memory it held, in kB.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import resource
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from table import ROOT  # noqa: F401 - puts the product on the path

from core.api import RecordExport
from core.cdrs.csv_file import TITLES
from tests.crash import reaching

COLUMNS = (
    "number, station, socket, transaction_id, uid, charge_type, started, ended, energy_wh, socket_type,"
    " duration_s, comment"
)
NEWEST = (
    f"SELECT {COLUMNS} FROM records r JOIN record_holders h ON h.id = r.holder"  # noqa: S608 - fixed text
    " ORDER BY number DESC LIMIT ?"
)
ZONE = ZoneInfo("Europe/Paris")
TIME = "%Y-%m-%d %H:%M"


async def by_link(folder: Path, count: int, file: Path) -> float:
    station = await reaching.station(folder)
    began = time.perf_counter()
    with file.open("w", encoding="utf-8", newline="") as out:
        part = await station.export_records(RecordExport(last=count))
        out.write(part.text)
        while part.place is not None:
            part = await station.export_records(RecordExport(last=count), part.place)
            out.write(part.text)
    return time.perf_counter() - began


def formatted(rows: Iterator[tuple[int | str, ...]]) -> Iterator[tuple[int | str, ...]]:
    """The cells that the guide's columns ask for, as anybody would write it."""
    for number, station, socket, transaction, uid, kind, start, end, energy, plug, duration, comment in rows:
        minutes, seconds = divmod(int(duration), 60)
        hours, minutes = divmod(minutes, 60)
        yield (
            number,
            station,
            socket,
            transaction,
            uid,
            kind,
            datetime.fromtimestamp(int(start), ZONE).strftime(TIME),
            datetime.fromtimestamp(int(end), ZONE).strftime(TIME),
            f"{int(energy) / 1000:.3f}".replace(".", ","),
            plug,
            f"{hours:02d}:{minutes:02d}:{seconds:02d}",
            comment,
        )


def by_csv(folder: Path, count: int, file: Path, *, raw: bool) -> float:
    link = sqlite3.connect(folder / "station.sqlite")
    began = time.perf_counter()
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
        lines.writerow(TITLES)
        rows = link.execute(NEWEST, (count,))
        lines.writerows(rows if raw else formatted(rows))
    took = time.perf_counter() - began
    link.close()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=("link", "csv", "raw"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    if given.way == "link":
        took = asyncio.run(by_link(given.folder, given.count, given.file))
    else:
        took = by_csv(given.folder, given.count, given.file, raw=given.way == "raw")
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
