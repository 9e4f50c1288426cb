"""How rows of a terminal are moved up or down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from console.terminal.cells import BLANK, POINT_BITS, Row
from console.terminal.movement import NOWHERE, Movement
from console.terminal.profiles import TerminalProfile
from console.terminal.scrolling import Scroll
from console.terminal.sgr import PenChanges
from console.terminal.steps import LOST, Place, Ways, offer


class ScrollWay(NamedTuple):
    """One way to move rows, and what it leaves on the screen."""

    scroll: Scroll
    ways: Ways

    def leaves(self, have: list[Row]) -> list[Row]:
        """Return the rows after the move; rows that come in are blank."""
        top, bottom, lines = self.scroll
        part = have[top : bottom + 1]
        blanks = [[BLANK] * len(have[0]) for _ in range(abs(lines))]
        moved = part[lines:] + blanks if lines > 0 else blanks + part[:lines]
        return [*have[:top], *moved, *have[bottom + 1 :]]


class ScrollOutput:
    """Moves rows on one terminal."""

    def __init__(self, profile: TerminalProfile, width: int, pens: PenChanges, movement: Movement) -> None:
        self._profile = profile
        self._width = width
        self._pens = pens
        self._movement = movement

    def ways(self, scroll: Scroll, want: list[Row], starts: Ways) -> Iterator[ScrollWay]:
        """Yield each way that the terminal has: a scroll region, or lines deleted and inserted."""
        if self._profile.scroll_region:
            yield ScrollWay(scroll, self._by_region(scroll, len(want), starts))
        if self._profile.insert_lines:
            yield ScrollWay(scroll, self._by_lines(scroll, len(want), starts))

    def _by_region(self, scroll: Scroll, height: int, starts: Ways) -> Ways:
        """Scroll within margins; terminals differ in where setting and ending them leaves the cursor."""
        top, bottom, lines = scroll
        whole = top == 0 and bottom == height - 1
        edge = bottom if lines > 0 else top
        moved = ("\n" if lines > 0 else "\x1bM") * abs(lines)
        ends: Ways = {}
        for place, step in starts.items():
            escape, pen = self._pens.change(place.pen, BLANK >> POINT_BITS)
            done, here = step.then(escape), place
            if not whole:
                done, here = done.then(f"\x1b[{top + 1};{bottom + 1}r"), LOST
            done = done.then(self._movement.path(here.row, here.column, edge, 0)).then(moved)
            if whole:
                offer(ends, Place(edge, 0, pen), done)
            else:
                offer(ends, Place(NOWHERE, 0, pen), done.then("\x1b[r"))
        return ends

    def _by_lines(self, scroll: Scroll, height: int, starts: Ways) -> Ways:
        """Delete lines at one edge and insert as many at the other, where rows below are to stay."""
        top, bottom, lines = scroll
        count = abs(lines)
        number = "" if count == 1 else str(count)
        delete_at = top if lines > 0 else bottom - count + 1
        insert_at = bottom - count + 1 if lines > 0 else top
        delete = lines > 0 or bottom < height - 1
        insert = lines < 0 or bottom < height - 1
        ends: Ways = {}
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
        return ends
