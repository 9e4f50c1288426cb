"""Asking a terminal on a line for its size while its screen is in use."""

from __future__ import annotations

import re
from dataclasses import dataclass

QUESTION = b"\x1b7\x1b[r\x1b[999;999H\x1b[6n\x1b8"
"""Goes to the far corner, asks where that is, and comes back."""

ANSWER = re.compile(rb"\x1b\[(\d{1,4});(\d{1,4})R")
PATIENCE_S = 1.0
ROWS = range(12, 201)
COLUMNS = range(40, 501)


@dataclass
class SizeQuestion:
    """Knows whether an answer is waited for; late ones do not count."""

    _asked: float | None = None

    def ask(self, now: float) -> bytes:
        """What to send; `now` in seconds of a monotonic clock."""
        self._asked = now
        return QUESTION

    def answer(self, received: bytes, now: float) -> tuple[int, int] | None:
        """Columns and rows, when `received` holds a sensible answer that came in time."""
        if self._asked is None or now - self._asked > PATIENCE_S:
            return None
        for found in ANSWER.finditer(received):
            rows, columns = int(found[1]), int(found[2])
            if rows in ROWS and columns in COLUMNS:
                self._asked = None
                return columns, rows
        return None
