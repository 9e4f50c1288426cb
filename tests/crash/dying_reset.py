"""Dies at every step of a reset: `python -m tests.crash.dying_reset WHAT TEMPLATE WORK AT_MOST`.

WHAT is `carry_out`, on a data folder that has an order, or `give`, on one that has none. A step is a call of
a function of core or of the system, or some instructions of SQLite. Prints how many steps there are, then for
each death a line of JSON: the step, what was there after it, and after the next start.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from core import database
from core.resetting.carrying_out import carry_out
from core.resetting.order import Order, give, given
from core.resetting.tables import TABLES
from core.schema import MIGRATIONS, SCHEMA

INSTRUCTIONS = 500
"""Of SQLite between two steps."""


class Steps:
    """Counts; dies at the step `last`."""

    def __init__(self, last: int) -> None:
        self.count = 0
        self.last = last

    def one(self) -> int:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def profile(self, _frame: FrameType, event: str, _called: Any) -> None:
        if event in {"call", "c_call"}:
            self.one()


def act(what: str, folder: Path) -> None:
    if what == "give":
        give(folder, Order(kind="factory_reset", account="admin", origin="test", ordered=datetime.now(UTC)))
    else:
        carry_out(folder, SCHEMA, MIGRATIONS)


def run(what: str, folder: Path, last: int, told: int) -> NoReturn:
    """Do it and die at the step `last`, or tell how many there were."""
    steps = Steps(last)
    check = database.check

    def checked(link: sqlite3.Connection, **how: float) -> bool:
        whole = check(link, **how)
        # The check has its own handler until here.
        link.set_progress_handler(steps.one, INSTRUCTIONS)
        return whole

    vars(database)["check"] = checked
    sys.setprofile(steps.profile)
    act(what, folder)
    sys.setprofile(None)
    os.write(told, str(steps.count).encode())
    os._exit(0)


def dead_at(what: str, folder: Path, last: int) -> int | None:
    """Die at this step in a process of its own; how many steps there were where it came to its end."""
    reading, telling = os.pipe()
    child = os.fork()
    if child == 0:
        run(what, folder, last, telling)
    os.close(telling)
    os.waitpid(child, 0)
    said = os.read(reading, 20)
    os.close(reading)
    return int(said) if said else None


def rows(folder: Path) -> dict[str, int]:
    """How many rows each table has, as the next start sees it; looked at in a copy."""
    copy = folder.with_name("looked-at")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    link = database.connect(copy / database.DATABASE_FILE)
    there = [name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        name: link.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
        for name in TABLES
        if name in there
    }
    link.close()
    return found


def tell(what: object) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")


def main(what: str, template: Path, work: Path, at_most: int) -> None:
    folder = work / "folder"

    def fresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)

    # What is done for the first time takes more steps.
    fresh()
    carry_out(folder, SCHEMA, MIGRATIONS)
    fresh()
    total = dead_at(what, folder, 0) or 0
    tell(total)
    for number in range(min(at_most, total)):
        step = 1 + number * total // min(at_most, total)
        fresh()
        if dead_at(what, folder, step) is not None:
            continue
        after_death, ordered = rows(folder), given(folder) is not None
        carry_out(folder, SCHEMA, MIGRATIONS)
        files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
        tell({"step": step, "ordered": ordered, "dead": after_death, "next": rows(folder), "files": files})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
