"""The shortest way of the cursor from one place to another."""

from __future__ import annotations

from collections.abc import Iterator

NOWHERE = -1
"""Row of a cursor whose place is not known."""

_REMEMBERED = 8192
"""Moves that are remembered; there are millions on a screen, of which a session uses few."""


class Movement:
    """Cursor movement on a terminal of one width.

    A column equal to the width means that the last column was just written: terminals differ in where the
    cursor then stands, so only a carriage return or an absolute move leads away from there.
    """

    def __init__(self, width: int, *, absolute_column: bool) -> None:
        """``absolute_column`` says whether the terminal has CHA and VPA."""
        self._width = width
        self._absolute_column = absolute_column
        self._known: dict[tuple[int, int, int, int], str] = {}

    def path(self, row: int, column: int, to_row: int, to_column: int) -> str:
        """Return the shortest control string that leads there; rows and columns count from 0."""
        if row == to_row and column == to_column:
            return ""
        key = (row, column, to_row, to_column)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = min(self._ways(*key), key=len)
        return known

    def _ways(self, row: int, column: int, to_row: int, to_column: int) -> Iterator[str]:
        yield _absolute(to_row, to_column)
        if row == NOWHERE:
            return
        pending = column >= self._width
        if row == to_row:
            yield from self._within_row(column, to_column, pending)
            return
        vertical = min(self._between_rows(row, to_row), key=len)
        from_start = "" if to_column == 0 else f"\x1b[{_count(to_column)}C"
        yield "\r" + vertical + from_start
        if not pending:
            ways = ("",) if column == to_column else self._within_row(column, to_column, pending)
            yield vertical + min(ways, key=len)

    def _within_row(self, column: int, to_column: int, pending: bool) -> Iterator[str]:
        yield "\r" if to_column == 0 else f"\r\x1b[{_count(to_column)}C"
        if self._absolute_column:
            yield f"\x1b[{to_column + 1}G"
        if pending:
            return
        if to_column > column:
            yield f"\x1b[{_count(to_column - column)}C"
        else:
            yield "\b" * (column - to_column)
            yield f"\x1b[{_count(column - to_column)}D"

    def _between_rows(self, row: int, to_row: int) -> Iterator[str]:
        if to_row > row:
            yield "\n" * (to_row - row)
            yield f"\x1b[{_count(to_row - row)}B"
        else:
            yield "\x1bM" * (row - to_row)
            yield f"\x1b[{_count(row - to_row)}A"
        if self._absolute_column:
            yield f"\x1b[{to_row + 1}d"


def _absolute(row: int, column: int) -> str:
    if column:
        return f"\x1b[{row + 1};{column + 1}H"
    return f"\x1b[{row + 1}H" if row else "\x1b[H"


def _count(count: int) -> str:
    return "" if count == 1 else str(count)
