"""How rows of a terminal are moved up or down."""

from __future__ import annotations

from console.terminal.cells import BLANK, POINT_BITS, Row
from console.terminal.movement import NOWHERE, Movement
from console.terminal.profiles import TerminalProfile
from console.terminal.scrolling import Scroll
from console.terminal.sgr import PenChanges
from console.terminal.steps import LOST, Place, Ways, offer


def moved(rows: list[Row], scroll: Scroll) -> list[Row]:
    """Return the rows after a scroll; those that come in are blank."""
    top, bottom, lines = scroll
    part = rows[top : bottom + 1]
    blanks = [[BLANK] * len(rows[0]) for _ in range(abs(lines))]
    part = part[lines:] + blanks if lines > 0 else blanks + part[:lines]
    return [*rows[:top], *part, *rows[bottom + 1 :]]


class ScrollOutput:
    """Moves rows on one terminal."""

    def __init__(self, profile: TerminalProfile, width: int, pens: PenChanges, movement: Movement) -> None:
        self._profile = profile
        self._width = width
        self._pens = pens
        self._movement = movement

    def ways(self, scroll: Scroll, height: int, starts: Ways) -> Ways:
        """Scroll by each way that the terminal has: a scroll region, or lines deleted and inserted."""
        ends: Ways = {}
        if self._profile.scroll_region:
            self._by_region(scroll, height, starts, ends)
        if self._profile.insert_lines:
            self._by_lines(scroll, height, starts, ends)
        return ends

    def _by_region(self, scroll: Scroll, height: int, starts: Ways, ends: Ways) -> None:
        """Scroll within margins; terminals differ in where setting and ending them leaves the cursor."""
        top, bottom, lines = scroll
        whole = top == 0 and bottom == height - 1
        edge = bottom if lines > 0 else top
        feeds = ("\n" if lines > 0 else "\x1bM") * abs(lines)
        for place, step in starts.items():
            escape, pen = self._pens.change(place.pen, BLANK >> POINT_BITS)
            done, here = step.then(escape), place
            if not whole:
                done, here = done.then(f"\x1b[{top + 1};{bottom + 1}r"), LOST
            done = done.then(self._movement.path(here.row, here.column, edge, 0)).then(feeds)
            if whole:
                offer(ends, Place(edge, 0, pen), done)
            else:
                offer(ends, Place(NOWHERE, 0, pen), done.then("\x1b[r"))

    def _by_lines(self, scroll: Scroll, height: int, starts: Ways, ends: Ways) -> None:
        """Delete lines at one edge and insert as many at the other, where rows below are to stay."""
        top, bottom, lines = scroll
        count = abs(lines)
        number = "" if count == 1 else str(count)
        delete_at = top if lines > 0 else bottom - count + 1
        insert_at = bottom - count + 1 if lines > 0 else top
        delete = lines > 0 or bottom < height - 1
        insert = lines < 0 or bottom < height - 1
        for place, step in starts.items():
            escape, pen = self._pens.change(place.pen, BLANK >> POINT_BITS)
            here, done = place, step.then(escape)
            if delete:
                path = self._movement.path(here.row, here.column, delete_at, 0)
                done, here = done.then(path).then(f"\x1b[{number}M"), Place(delete_at, 0, pen)
            if insert:
                path = self._movement.path(here.row, here.column, insert_at, 0)
                done, here = done.then(path).then(f"\x1b[{number}L"), Place(insert_at, 0, pen)
            offer(ends, here, done)
