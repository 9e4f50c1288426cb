"""The fewest bytes that make a terminal show a grid."""

from __future__ import annotations

from operator import ne

from console.terminal.cells import BLANK, POINT_BITS, POINT_MASK, RIGHT_HALF, UNKNOWN, Row
from console.terminal.movement import Movement
from console.terminal.profiles import TerminalProfile
from console.terminal.row_plan import RowPlan
from console.terminal.scroll_output import ScrollOutput, moved
from console.terminal.scrolling import find_scrolls
from console.terminal.sgr import PenChanges
from console.terminal.steps import LOST, Place, Step, Ways, offer, pruned

CLEAR = "\x1b[m\x1b[r\x1b[H\x1b[J"
"""Known state from any state: no attributes, no scroll region, cursor home, nothing on the screen."""

_MANY_ROWS = 5
"""Changed rows from which it is worth looking whether to clear the rest of the screen first."""

_ERASED_ROWS = 2
_SCROLLS = 3
"""Scrolls in one frame at most: lines come or go above a list, in it and below it."""
_LARGEST = 1000


class Encoder:
    """Knows what one terminal shows and writes the difference to what it should show.

    Nothing but the profile, the size and the frames decides the output: the same frames give the same bytes.
    """

    def __init__(self, profile: TerminalProfile, width: int, height: int) -> None:
        self.profile = profile
        self._pens = PenChanges(single_attribute_off=profile.single_attribute_off)
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Take another size in columns and rows; the next frame is drawn from nothing."""
        if not all(1 <= length <= _LARGEST for length in (width, height)):
            raise ValueError(f"a terminal has 1 to {_LARGEST} columns and rows, not {width}x{height}")
        self.width, self.height = width, height
        self._movement = Movement(width, absolute_column=self.profile.absolute_column)
        self._rows = RowPlan(self.profile, width, self._pens, self._movement)
        self._scrolls = ScrollOutput(self.profile, width, self._pens, self._movement)
        self.repaint()

    def repaint(self) -> None:
        """Forget what the terminal shows: the next frame clears it and draws everything."""
        self._shown: list[Row] | None = None
        self._place = LOST
        self._cursor_shown: bool | None = None

    def encode(self, rows: list[Row], cursor: tuple[int, int] | None) -> bytes:
        """Return what makes the terminal show these rows with its cursor at (row, column).

        ``None`` hides the cursor where the terminal can, and leaves it anywhere otherwise.
        """
        before = ""
        if self._shown is None:
            before = CLEAR
            self._shown = [[BLANK] * self.width for _ in range(self.height)]
            self._place = Place(0, 0, 0)
        place, step = self._cheapest(self._shown, rows, cursor)
        after = self._cursor_change(cursor is not None)
        self._place = place
        self._shown = [row if row is old else row[:] for row, old in zip(rows, self._shown, strict=True)]
        return (before + step.output() + after).encode()

    def differing_rows(self, rows: list[Row]) -> int:
        """How many of these rows the terminal shows otherwise."""
        if self._shown is None:
            return self.height
        return sum(map(ne, rows, self._shown))

    def _cursor_change(self, shown: bool) -> str:
        if not self.profile.hides_cursor or self._cursor_shown is shown:
            return ""
        self._cursor_shown = shown
        return "\x1b[?25h" if shown else "\x1b[?25l"

    def _cheapest(
        self, have: list[Row], want: list[Row], cursor: tuple[int, int] | None
    ) -> tuple[Place, Step]:
        start = {self._place: Step(0, None, "")}
        candidates = [self._drawn(have, want, start, cursor)]
        changed = [y for y, row in enumerate(want) if row != have[y]]
        if len(changed) >= _MANY_ROWS:
            candidates.append(self._drawn_on_cleared(have, want, changed[0], start, cursor))
        candidates += self._scrolled(have, want, start, cursor) if changed else []
        return min(candidates, key=_cost)

    def _scrolled(
        self, have: list[Row], want: list[Row], ways: Ways, cursor: tuple[int, int] | None
    ) -> list[tuple[Place, Step]]:
        """Draw after a scroll that promises much, and after further ones as long as they spare more."""
        found: list[tuple[Place, Step]] = []
        for _scroll in range(_SCROLLS):
            tried = []
            for scroll in find_scrolls(have, want):
                there, ends = moved(have, scroll), self._scrolls.ways(scroll, self.height, ways)
                if ends:
                    tried.append((self._drawn(there, want, ends, cursor), there, ends))
            if not tried:
                break
            drawn, have, ways = min(tried, key=lambda each: _cost(each[0]))
            if found and _cost(drawn) >= _cost(found[-1]):
                break
            found.append(drawn)
        return found

    def _drawn_on_cleared(
        self, have: list[Row], want: list[Row], top: int, ways: Ways, cursor: tuple[int, int] | None
    ) -> tuple[Place, Step]:
        """Draw after everything from row ``top`` down is cleared."""
        cleared = self._erased_down(top, have[top], BLANK, ways)
        blanks = [[BLANK] * self.width for _ in range(self.height - top)]
        return self._drawn([*have[:top], *blanks], want, cleared, cursor)

    def _drawn(
        self, have: list[Row], want: list[Row], ways: Ways, cursor: tuple[int, int] | None
    ) -> tuple[Place, Step]:
        have = _with_broken_wides_unknown(have, want)
        empty_from = self._empty_from(have, want)
        for y in range(empty_from):
            if have[y] != want[y]:
                ways = pruned(self._rows.ways(y, have[y], want[y], ways))
        if empty_from < self.height:
            ways = self._erased_down(empty_from, have[empty_from], want[empty_from][0], ways)
        if cursor is not None:
            ways = self._cursor_set(want, ways, *cursor)
        return min(ways.items(), key=lambda item: item[1].cost)

    def _empty_from(self, have: list[Row], want: list[Row]) -> int:
        """The row from which erasing down spares most, or the height."""
        fill = want[-1][0]
        if not self._rows.erases_to(fill):
            return self.height
        empty = [fill] * self.width
        y = self.height
        while y and want[y - 1] == empty:
            y -= 1
        changed = [row for row in range(y, self.height) if have[row] != empty]
        return changed[0] if len(changed) >= _ERASED_ROWS else self.height

    def _erased_down(self, top: int, shown: Row, fill: int, ways: Ways) -> Ways:
        erased: Ways = {}
        for place, step in ways.items():
            escape, pen = self._pens.change(place.pen, fill >> POINT_BITS)
            path = self._rows.path(place, top, 0, shown)
            offer(erased, Place(top, 0, pen), step.then(path).then(escape).then("\x1b[J"))
        return erased

    def _cursor_set(self, shown: list[Row], ways: Ways, row: int, column: int) -> Ways:
        there: Ways = {}
        for place, step in ways.items():
            path = self._rows.path(place, row, column, shown[row])
            offer(there, Place(row, column, place.pen), step.then(path))
        return there


def _cost(drawn: tuple[Place, Step]) -> int:
    return drawn[1].cost


def _with_broken_wides_unknown(shown: list[Row], want: list[Row]) -> list[Row]:
    """Call both halves of a two-column character unknown where either is to change.

    Terminals differ in what they leave of a character of which one half is overwritten.
    """
    rows = shown
    for y, row in enumerate(shown):
        if row == want[y] or all(cell & POINT_MASK != RIGHT_HALF for cell in row):
            continue
        if rows is shown:
            rows = shown[:]
        rows[y] = [
            UNKNOWN if broken else cell for cell, broken in zip(row, _broken(row, want[y]), strict=True)
        ]
    return rows


def _broken(row: Row, want: Row) -> list[bool]:
    broken = [False] * len(row)
    for x in range(1, len(row)):
        if row[x] & POINT_MASK == RIGHT_HALF and row[x - 1 : x + 1] != want[x - 1 : x + 1]:
            broken[x - 1] = broken[x] = True
    return broken
