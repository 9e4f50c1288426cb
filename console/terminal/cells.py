"""How one character cell of a screen is packed into an integer.

A cell is ``pen << 21 | code point``. A pen is ``flags | foreground << 8 | background << 40``; a colour is 0
for the terminal's own, 1..256 for a palette entry plus one, or ``TRUECOLOUR | rgb``. Integers keep the
comparison of whole rows inside the interpreter's list comparison, which runs for every row of every frame.
"""

from __future__ import annotations

from typing import Final

BOLD: Final = 1
DIM: Final = 2
ITALIC: Final = 4
UNDERLINE: Final = 8
REVERSE: Final = 16
STRIKE: Final = 32

VISIBLE_ON_BLANK: Final = UNDERLINE | REVERSE | STRIKE
"""Attributes that show even where no character stands."""

ANY_FOREGROUND: Final = 0xFFFFFFFF
"""The foreground of a blank, which nobody can see."""

TRUECOLOUR: Final = 0x1000000

POINT_BITS: Final = 21
POINT_MASK: Final = (1 << POINT_BITS) - 1
RIGHT_HALF: Final = POINT_MASK
"""Code point of the right half of a two-column character."""

UNKNOWN: Final = -1
"""A cell of which nobody knows what the terminal shows."""

SPACE: Final = 32

Row = list[int]


def pen(flags: int = 0, foreground: int = 0, background: int = 0) -> int:
    """Pack attributes and colours."""
    return flags | foreground << 8 | background << 40


def cell(point: int, of_pen: int) -> int:
    """Pack a character drawn with a pen; a blank forgets what cannot be seen on it."""
    if point != SPACE:
        return of_pen << POINT_BITS | point
    visible = of_pen & VISIBLE_ON_BLANK
    foreground = foreground_of(of_pen) if visible else ANY_FOREGROUND
    return pen(visible, foreground, background_of(of_pen)) << POINT_BITS | SPACE


def foreground_of(of_pen: int) -> int:
    """The foreground colour of a pen."""
    return of_pen >> 8 & 0xFFFFFFFF


def background_of(of_pen: int) -> int:
    """The background colour of a pen."""
    return of_pen >> 40


BLANK: Final = cell(SPACE, 0)
"""What a cleared terminal shows."""
