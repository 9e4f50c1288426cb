"""Which rows of a screen moved up or down between two frames."""

from __future__ import annotations

from collections import Counter
from operator import ne
from typing import NamedTuple

from console.terminal.cells import POINT_MASK, SPACE, Row

_LEAST_CHANGED = 3
_CANDIDATES = 2
_ROW_OVERHEAD = 6
"""Bytes about that a row costs beside its cells, for the pointer to it and the pens."""
_LEAST_GAIN = 20


class Scroll(NamedTuple):
    """Rows ``top`` to ``bottom`` (inclusive) move up by ``lines``, or down where it is negative."""

    top: int
    bottom: int
    lines: int


def find_scrolls(have: list[Row], want: list[Row]) -> list[Scroll]:
    """Return the few scrolls that promise to spare most, best first.

    Rows need not be alike: one that moved and lost its highlight, or passes by a scroll bar, still counts.
    """
    changed = [y for y, row in enumerate(want) if row != have[y]]
    if len(changed) < _LEAST_CHANGED:
        return []
    first, last = changed[0], changed[-1]
    found: list[tuple[int, Scroll]] = []
    for distance in _likely_distances(have, want, first, last):
        best = _best_run(have, want, first, last, distance)
        if best is not None and best[0] >= _LEAST_GAIN:
            found.append(best)
    found.sort(key=lambda item: -item[0])
    return [scroll for _, scroll in found]


def _likely_distances(have: list[Row], want: list[Row], first: int, last: int) -> list[int]:
    places: dict[tuple[int, ...], int] = {}
    for y in range(first, last + 1):
        key = _text_key(have[y])
        if key is not None:
            places.setdefault(key, y)
    votes: Counter[int] = Counter()
    for y in range(first, last + 1):
        key = _text_key(want[y])
        if key is not None and key in places and places[key] != y:
            votes[places[key] - y] += 1
    return [distance for distance, _ in votes.most_common(_CANDIDATES)]


def _text_key(row: Row) -> tuple[int, ...] | None:
    """The row's characters without the edges, where scroll bars and markers stand; None for an empty row."""
    key = tuple([cell & POINT_MASK for cell in row[2:-3]])
    return None if key.count(SPACE) == len(key) else key


def _best_run(
    have: list[Row], want: list[Row], first: int, last: int, distance: int
) -> tuple[int, Scroll] | None:
    """Find the rows for which showing what stood ``distance`` below spares most."""
    best: tuple[int, int, int] | None = None
    gain, start = 0, first
    for y in range(max(first, first - distance), min(last, last - distance) + 1):
        if gain <= 0:
            gain, start = 0, y
        gain += _difference(have[y], want[y]) - _difference(have[y + distance], want[y])
        if gain > 0 and (best is None or gain > best[0]):
            best = (gain, start, y)
    if best is None:
        return None
    gain, start, end = best
    if distance > 0:
        return gain, Scroll(start, end + distance, distance)
    return gain, Scroll(start + distance, end, distance)


def _difference(have: Row, want: Row) -> int:
    return 0 if have == want else sum(map(ne, have, want)) + _ROW_OVERHEAD
