"""From the key events of a keyboard to the lines that it types."""

from __future__ import annotations

import struct

from core.readers.lines import GAP_SECONDS, LONGEST_LINE

EVENT = struct.Struct("@llHHi")
"""Seconds, microseconds, type, code, value: `struct input_event` of linux/input.h."""

EV_SYN, EV_KEY = 0, 1
SYN_DROPPED = 3
PRESSED = 1
ENTER = frozenset({28, 96})
SILENT = frozenset({29, 42, 54, 56, 58, 69, 97, 100})
"""Shift, Control, Alt and the locks: digits of an identifier are the same with them."""

_ROWS = {2: "1234567890-", 16: "QWERTYUIOP", 30: "ASDFGHJKL;", 44: "ZXCVBNM", 71: "789-456+1230."}
CHARACTERS = {
    first + place: character for first, row in _ROWS.items() for place, character in enumerate(row)
} | {57: " "}
"""By key code, as on a US keyboard: readers press its keys whatever the computer's layout."""


class KeyLines:
    """The lines typed, each ended by Enter; one with a key that is no character is left out."""

    def __init__(self) -> None:
        self._held = b""
        self._text = ""
        self._is_spoilt = False
        self._last = 0.0

    def feed(self, received: bytes, at: float) -> list[str]:
        """The lines, none empty, that end in what was received at `at`, in seconds of any clock."""
        if at - self._last > GAP_SECONDS:
            self._text, self._is_spoilt = "", False
        self._last = at
        self._held += received
        whole = len(self._held) - len(self._held) % EVENT.size
        events, self._held = self._held[:whole], self._held[whole:]
        found = []
        for _, _, kind, code, value in EVENT.iter_unpack(events):
            if kind == EV_SYN and code == SYN_DROPPED:
                self._is_spoilt = True
            elif kind == EV_KEY and value == PRESSED and (line := self._press(code)):
                found.append(line)
        return found

    def _press(self, code: int) -> str:
        if code in SILENT:
            return ""
        if code not in ENTER:
            self._is_spoilt |= code not in CHARACTERS or len(self._text) >= LONGEST_LINE
            if not self._is_spoilt:
                self._text += CHARACTERS[code]
            return ""
        line = "" if self._is_spoilt else self._text
        self._text, self._is_spoilt = "", False
        return line
