"""A factory reset and an erasing of personal data at a station whose memory is full.

So many records, and the 50,000 log entries that are kept, a tenth of them on badges. What the next start does
before anything else is timed, in this process. Reference: SQLite alone deletes the records of the same file
and writes it anew, and nothing is copied. In turns, the best of the rounds.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from records import fill
from table import arguments, show

from core.audit import KEPT, Note, append
from core.database import DATABASE_FILE, connect
from core.resetting.carrying_out import carry_out
from core.resetting.order import Kind, Order, give
from core.schema import MIGRATIONS, SCHEMA

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KINDS: tuple[Kind, ...] = ("factory_reset", "personal_data")
RECORDS = ("records", "record_holders", "record_sums", "record_days", "record_shares")


def log(folder: Path) -> None:
    """As many entries as are kept."""
    link = connect(folder / DATABASE_FILE)
    link.execute("BEGIN")
    for number in range(KEPT):
        uid = f"04CAFE{number:08X}"
        note = Note(kind="event", action="limit_changed", subject="charge point 1", old="16 A", new="32 A")
        if number % 10 == 0:
            note = Note(kind="audit", action="badges_added", subject=uid, new=f"{number} {uid} user Flat 12")
        append(link, note, NOW)
    link.execute("COMMIT")
    link.close()


def taken(act: Callable[[Path], None], template: Path, work: Path) -> float:
    """Seconds that it takes on a fresh copy."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(template, work)
    begin = time.perf_counter()
    act(work)
    return time.perf_counter() - begin


def sqlite_alone(folder: Path) -> None:
    link = sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)
    link.execute("BEGIN")
    for table in RECORDS:
        link.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed text
    link.execute("COMMIT")
    link.execute("VACUUM")
    link.close()


def reset(kind: Kind) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        give(folder, Order(kind=kind, account="admin", origin="bench", ordered=NOW))
        outcome = carry_out(folder, SCHEMA, MIGRATIONS)
        if outcome is None or outcome.left:
            raise SystemExit(f"nothing was reset: {outcome}")

    return act


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        template, work = Path(place) / "template", Path(place) / "work"
        fill(template, options.records)
        log(template)
        found: dict[str, list[float]] = {kind: [] for kind in (*KINDS, "alone")}
        for _ in range(options.rounds):
            for kind in KINDS:
                found[kind].append(taken(reset(kind), template, work))
            found["alone"].append(taken(sqlite_alone, template, work))
        alone = min(found["alone"])
        rows = [(kind, min(found[kind]), alone, min(found[kind]) / alone) for kind in KINDS]
    show(f"{options.records} records", ("what", "s", "reference s", "ratio"), rows)


if __name__ == "__main__":
    main()
