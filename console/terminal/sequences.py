"""Which escape sequences are keys; what is not here is no key and is dropped.

Sources: the terminfo entries of xterm, linux, vt220, rxvt, putty, screen and tmux.
"""

from __future__ import annotations

from typing import Final

_LETTERS = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}
_NUMBERED = {
    1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end",
    11: "f1", 12: "f2", 13: "f3", 14: "f4", 15: "f5", 17: "f6", 18: "f7", 19: "f8", 20: "f9", 21: "f10",
    23: "f11", 24: "f12",
}  # fmt: skip
_LINUX_FUNCTION_KEYS = {letter: f"f{number}" for number, letter in enumerate("ABCDE", 1)}

CSI_KEYS: Final[dict[str, str]] = {
    **_LETTERS,
    "Z": "shift+tab",
    **{f"{number}~": name for number, name in _NUMBERED.items()},
    **{f"[{letter}": name for letter, name in _LINUX_FUNCTION_KEYS.items()},
}
"""What follows ``ESC [``, by the key's name."""

SS3_KEYS: Final[dict[str, str]] = {**_LETTERS, "P": "f1", "Q": "f2", "R": "f3", "S": "f4", "M": "enter"}
"""What follows ``ESC O``."""

ESCAPED_DIGITS: Final[dict[str, str]] = {str(number % 10): f"f{number}" for number in range(1, 11)}
"""Esc and a digit, for keyboards without function keys: Esc 0 is F10."""

CONTROL_KEYS: Final[dict[int, str]] = {
    0x08: "backspace",
    0x09: "tab",
    0x0A: "enter",
    0x0D: "enter",
    0x1C: "ctrl+backslash",
    0x1D: "ctrl+right_square_bracket",
    0x1E: "ctrl+circumflex_accent",
    0x1F: "ctrl+underscore",
    0x7F: "backspace",
    **{
        code: f"ctrl+{chr(code + 0x60)}"
        for code in range(0x01, 0x1B)
        # Tab, line feed and carriage return are above; XON and XOFF are the line's, never keys.
        if code not in (0x08, 0x09, 0x0A, 0x0D, 0x11, 0x13)
    },
}
"""Single bytes below space, and DEL."""
