"""Cuts a stream of bytes into lines of text."""

from __future__ import annotations

from typing import Literal

Terminator = Literal["any", "crlf", "cr", "lf"]

LONGEST_LINE = 80
"""Bytes; a longer line is no badge and is left out up to its end."""

GAP_SECONDS = 1.0
"""A reader sends a line at once: what stood still for so long was the beginning of nothing."""

_ENDS = {"any": b"\n", "crlf": b"\r\n", "cr": b"\r", "lf": b"\n"}


class Lines:
    """The lines of a stream. With the terminator `any`, CR and LF each end a line, and both together one."""

    def __init__(self, terminator: Terminator = "any") -> None:
        self._end = _ENDS[terminator]
        self._is_any = terminator == "any"
        self._held = b""
        self._skipping = False
        self._last = 0.0

    def feed(self, received: bytes, at: float) -> list[str]:
        """The lines, none empty, that end in what was received at `at`, in seconds of any clock."""
        if at - self._last > GAP_SECONDS:
            self._held, self._skipping = b"", False
        self._last = at
        self._held += received.replace(b"\r", b"\n") if self._is_any else received
        *ended, self._held = self._held.split(self._end)
        found = []
        for line in ended:
            if line and len(line) <= LONGEST_LINE and not self._skipping:
                found.append(line.decode("ascii", "replace"))
            self._skipping = False
        reserve = len(self._end) - 1
        if len(self._held) > LONGEST_LINE + reserve:
            self._skipping = True
            self._held = self._held[len(self._held) - reserve :]
        return found
