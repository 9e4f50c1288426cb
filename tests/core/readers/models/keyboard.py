"""A reader that types as a keyboard does, in events of linux/input.h."""

from __future__ import annotations

import struct

from tests.core.readers.models.line_end import LineEnd

# linux/input-event-codes.h
KEYS = {
    "1": 2, "2": 3, "3": 4, "4": 5, "5": 6, "6": 7, "7": 8, "8": 9, "9": 10, "0": 11,
    "A": 30, "B": 48, "C": 46, "D": 32, "E": 18, "F": 33, "U": 22, "I": 23, "=": 13,
}  # fmt: skip
KEY_ENTER, KEY_LEFTSHIFT, KEY_KPENTER = 28, 42, 96
EV_SYN, EV_KEY, EV_MSC = 0, 1, 4
SYN_REPORT, SYN_DROPPED, MSC_SCAN = 0, 3, 4


def event(kind: int, code: int, value: int) -> bytes:
    """Return one `struct input_event` of this computer."""
    return struct.pack("@llHHi", 1_700_000_000, 123_456, kind, code, value)


def stroke(code: int) -> bytes:
    """Return a key that is pressed, repeats itself and is released."""
    report = event(EV_SYN, SYN_REPORT, 0)
    pressed = event(EV_MSC, MSC_SCAN, 0x70000 + code) + event(EV_KEY, code, 1) + report
    return pressed + event(EV_KEY, code, 2) + report + event(EV_KEY, code, 0) + report


def typed(text: str, *, enter: int = KEY_ENTER) -> bytes:
    """Return the strokes of a text, letters with Shift, and Enter."""
    strokes = b""
    for character in text:
        shift = character.isalpha()
        strokes += event(EV_KEY, KEY_LEFTSHIFT, 1) if shift else b""
        strokes += stroke(KEYS[character])
        strokes += event(EV_KEY, KEY_LEFTSHIFT, 0) if shift else b""
    return strokes + stroke(enter)


class KeyboardModel:
    """A keyboard wedge."""

    def __init__(self, line: LineEnd) -> None:
        self.line = line

    def hold_badge(self, uid: str) -> None:
        self.line.send(typed(uid))
