"""The cheapest output that turns one row of a terminal into another.

A row is cut into spans; from left to right every useful way of getting past each span is followed (write it,
skip it, erase it, erase everything from here to the edge and go on), and for each pen and each state of the
rest of the row the cheapest is kept. This is a shortest path: no other combination of these is shorter.
"""

from __future__ import annotations

from console.terminal.cells import POINT_BITS, POINT_MASK, SPACE, VISIBLE_ON_BLANK, Row, background_of
from console.terminal.movement import Movement
from console.terminal.profiles import TerminalProfile
from console.terminal.sgr import PenChanges
from console.terminal.spans import Span, cut
from console.terminal.steps import Place, Step, Ways, offer

_AS_IT_WAS = 0
"""State of the rest of a row of which nothing was erased; otherwise the blank cell that fills it."""

_WRITTEN_AGAIN = 12
"""Bytes up to which writing a span again instead of moving past it is looked at."""

_STARTS = 3
"""Spans before the first difference from which writing may begin."""

_Reached = list[dict[tuple[int, int], Step]]


class RowPlan:
    """Plans rows for one terminal."""

    def __init__(self, profile: TerminalProfile, width: int, pens: PenChanges, movement: Movement) -> None:
        self._profile = profile
        self._width = width
        self._pens = pens
        self._movement = movement

    def erases_to(self, cell: int) -> bool:
        """True when erasing with the pen of this cell leaves this cell."""
        if cell & POINT_MASK != SPACE:
            return False
        of_pen = cell >> POINT_BITS
        return not of_pen & VISIBLE_ON_BLANK and (
            self._profile.clears_with_background or not background_of(of_pen)
        )

    def ways(self, row: int, have: Row, want: Row, starts: Ways) -> Ways:
        """Follow the ways from the places before to those after this row is as wanted."""
        spans = cut(have, want, repeat=self._profile.repeat, after_wide=f"\x1b[{row + 1};{{column}}H")
        reached: _Reached = [{} for _ in range(len(spans) + 1)]
        ends: Ways = {}
        self._begin(row, have, spans, starts, reached, ends)
        for index, span in enumerate(spans):
            open_ways = list(reached[index].items())
            for (rest, of_pen), step in open_ways:
                if span.blank and rest != span.blank and self.erases_to(span.blank):
                    escape, pen = self._pens.change(of_pen, span.blank >> POINT_BITS)
                    key = (span.blank, pen)
                    erased = step.then(escape).then("\x1b[K")
                    self._past(row, spans, index, index, key, erased, reached, ends)
                    if self._profile.erase_characters and not span.same:
                        self._erase(row, spans, index, rest, step.then(escape), pen, reached, ends)
                if _is_same(span, rest):
                    self._past(row, spans, index, index, (rest, of_pen), step, reached, ends)
                    if span.cost > _WRITTEN_AGAIN:
                        continue
                escape, pen = self._pens.change(of_pen, span.pen)
                offer(reached[index + 1], (rest, pen), step.then(escape).then(span.text, span.cost))
        for (_, of_pen), step in reached[-1].items():
            offer(ends, Place(row, self._width, of_pen), step)
        return ends

    def _begin(
        self, row: int, have: Row, spans: list[Span], starts: Ways, reached: _Reached, ends: Ways
    ) -> None:
        first = next(index for index, span in enumerate(spans) if not span.same)
        indices = {0, *range(max(0, first - _STARTS), first + 1)}
        for place, step in starts.items():
            for index in indices:
                arrived = step.then(self.path(place, row, spans[index].start, have))
                offer(reached[index], (_AS_IT_WAS, place.pen), arrived)
        head = spans[0].blank
        if head and self.erases_to(head):
            self._erase_head(row, have, spans, starts, reached, ends)

    def _erase_head(
        self, row: int, have: Row, spans: list[Span], starts: Ways, reached: _Reached, ends: Ways
    ) -> None:
        """Erase from the left edge up to the cursor, which may stand on what is written next anyway."""
        head = spans[0].blank
        last = next((index for index, span in enumerate(spans) if span.blank != head), len(spans))
        if last == len(spans) or all(span.same for span in spans[:last]):
            return
        column = spans[last].start - 1 if spans[last].same else spans[last].start
        for place, step in starts.items():
            escape, pen = self._pens.change(place.pen, head >> POINT_BITS)
            erased = step.then(self.path(place, row, column, have)).then(escape).then("\x1b[1K")
            if column == spans[last].start:
                offer(reached[last], (_AS_IT_WAS, pen), erased)
            else:
                self._past(row, spans, -1, last, (_AS_IT_WAS, pen), erased, reached, ends)

    def _erase(
        self,
        row: int,
        spans: list[Span],
        index: int,
        rest: int,
        step: Step,
        pen: int,
        reached: _Reached,
        ends: Ways,
    ) -> None:
        last = end = index
        while end < len(spans) and spans[end].blank == spans[index].blank:
            if not _is_same(spans[end], rest):
                last = end
            end += 1
        count = spans[last].end - spans[index].start
        erased = step.then(f"\x1b[{count}X" if count > 1 else "\x1b[X")
        self._past(row, spans, index, last + 1, (rest, pen), erased, reached, ends)

    def _past(
        self,
        row: int,
        spans: list[Span],
        index: int,
        following: int,
        key: tuple[int, int],
        step: Step,
        reached: _Reached,
        ends: Ways,
    ) -> None:
        """Move from the start of span ``index`` to the next difference at or after span ``following``."""
        column = spans[index].start if index >= 0 else spans[following].start - 1
        rest, pen = key
        while following < len(spans) and _is_same(spans[following], rest):
            following += 1
        if following == len(spans):
            offer(ends, Place(row, column, pen), step)
            return
        path = self._movement.path(row, column, row, spans[following].start)
        offer(reached[following], key, step.then(path))

    def path(self, place: Place, row: int, column: int, shown: Row) -> str:
        """The shortest way of the cursor, be it by writing again what ``shown`` has in between."""
        path = self._movement.path(place.row, place.column, row, column)
        if place.row == row and 0 < column - place.column < len(path):
            again = self._written_again(shown[place.column : column], place.pen)
            if again is not None:
                return again
        return path

    def _written_again(self, cells: Row, of_pen: int) -> str | None:
        for cell in cells:
            if not SPACE <= cell & POINT_MASK < 127 or self._pens.change(of_pen, cell >> POINT_BITS)[0]:
                return None
        return "".join([chr(cell & POINT_MASK) for cell in cells])


def _is_same(span: Span, rest: int) -> bool:
    return span.same if rest == _AS_IT_WAS else span.blank == rest
