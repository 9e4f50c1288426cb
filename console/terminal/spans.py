"""A row cut into the pieces that are written, erased or left alone as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from console.terminal.cells import (
    POINT_BITS,
    POINT_MASK,
    RIGHT_HALF,
    SPACE,
    VISIBLE_ON_BLANK,
    Row,
    background_of,
)

SHORT = 4
"""Bytes up to which writing again what is there costs no more than moving past it."""

_LONG_RUN = re.compile(r"(.)\1{2,}")


class Span(NamedTuple):
    """Cells ``start`` to ``end`` (exclusive) of a row: blanks all alike, or text of one pen."""

    start: int
    end: int
    pen: int
    blank: int
    """The cell that all of them are, or 0 for text."""
    same: bool
    """The terminal shows them already."""
    text: str
    cost: int
    """Bytes of the text."""


def cut(have: Row, want: Row, *, repeat: bool, after_wide: str = "\x1b[{column}G") -> list[Span]:
    """Cut a wanted row into spans.

    ``after_wide`` sets the cursor right after two-column characters, about whose width terminals disagree.
    """
    spans: list[Span] = []
    for start, end, of_pen, blank in _pieces(want):
        for first, last, same in _by_sameness(have, want, start, end):
            text = _text(want[first:last], repeat)
            if not blank and RIGHT_HALF in [c & POINT_MASK for c in want[first:last]] and last < len(want):
                text += after_wide.format(column=last + 1)
            spans.append(Span(first, last, of_pen, blank, same, text, len(text.encode())))
    return spans


def _pieces(want: Row) -> Iterator[tuple[int, int, int, int]]:
    """Yield ``(start, end, pen, blank)``; up to three blanks between words of one pen belong to the text."""
    x, width = 0, len(want)
    while x < width:
        first = want[x]
        start = x
        x += 1
        if first & POINT_MASK == SPACE:
            while x < width and want[x] == first:
                x += 1
            yield start, x, first >> POINT_BITS, first
            continue
        of_pen = first >> POINT_BITS
        gap_fits = not of_pen & VISIBLE_ON_BLANK
        while x < width:
            if want[x] >> POINT_BITS == of_pen and want[x] & POINT_MASK != SPACE:
                x += 1
                continue
            if not (
                gap_fits and want[x] & POINT_MASK == SPACE and _same_ground(want[x] >> POINT_BITS, of_pen)
            ):
                break
            after = x
            while after < width and after - x < SHORT and want[after] == want[x]:
                after += 1
            if after == width or after - x == SHORT or want[after] >> POINT_BITS != of_pen:
                break
            x = after
        yield start, x, of_pen, 0


def _same_ground(blank_pen: int, of_pen: int) -> bool:
    return not blank_pen & VISIBLE_ON_BLANK and background_of(blank_pen) == background_of(of_pen)


def _by_sameness(have: Row, want: Row, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut a piece where it begins or ends to differ, but not at a short likeness between differences."""
    runs: list[tuple[int, int, bool]] = []
    x = start
    while x < end:
        first, same = x, have[x] == want[x]
        x += 1
        while x < end and ((have[x] == want[x]) == same or want[x] & POINT_MASK == RIGHT_HALF):
            x += 1
        joins = x < end and _bytes(want, first, x) <= SHORT if same else True
        if joins and runs and not runs[-1][2]:
            first, same = runs.pop()[0], False
        runs.append((first, x, same))
    yield from runs


def _bytes(want: Row, start: int, end: int) -> int:
    return sum(1 if (c & POINT_MASK) < 128 else 4 for c in want[start:end])


def _text(cells: Row, repeat: bool) -> str:
    points = [cell & POINT_MASK for cell in cells]
    wide = RIGHT_HALF in points
    text = "".join([chr(point) for point in points if point != RIGHT_HALF])
    return _LONG_RUN.sub(_repeated, text) if repeat and not wide else text


def _repeated(run: re.Match[str]) -> str:
    whole, character = run[0], run[1]
    again = f"{character}\x1b[{len(whole) - 1}b"
    return again if len(again.encode()) < len(whole.encode()) else whole
