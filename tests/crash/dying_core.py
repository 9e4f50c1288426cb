"""Core that dies in a transaction: `python -m tests.crash.dying_core STEP COUNT OPTIONS`.

Steps, in the order of a transaction: `before` anything is written, in the middle of the journal's line
(`torn`), after the journal and before the database (`journal`), after both and before anybody is told
(`commit`). COUNT is the number of the transaction since the start, from 1.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys

from core import journal
from core.__main__ import main
from core.journal import Journal, Transaction
from core.storage import Storage

STEPS = ("before", "torn", "journal", "commit")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str, count: int) -> None:
    """Let the process die at this step of the transaction of this number."""
    seen = 0
    append, write, commit = Journal.append, journal._write_whole, Storage._commit

    def is_time(wanted: str) -> bool:
        return step == wanted and seen == count

    def dying_commit(self: Storage, link: sqlite3.Connection) -> None:
        nonlocal seen
        seen += 1
        if is_time("before"):
            die()
        commit(self, link)
        if is_time("commit"):
            die()

    def dying_append(self: Journal, transaction: Transaction) -> None:
        append(self, transaction)
        if is_time("journal"):
            die()

    def dying_write(descriptor: int, line: bytes) -> None:
        if is_time("torn"):
            os.write(descriptor, line[: len(line) // 2])
            die()
        write(descriptor, line)

    Storage._commit = dying_commit  # type: ignore[method-assign]
    Journal.append = dying_append  # type: ignore[method-assign]
    journal._write_whole = dying_write


if __name__ == "__main__":
    arm(sys.argv[1], int(sys.argv[2]))
    raise SystemExit(main(sys.argv[3:]))
