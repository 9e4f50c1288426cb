"""A frame of Textual painted on a grid.

Reads the private ``LayoutUpdate`` and ``ChopsUpdate`` of the pinned Textual; a test guards their shape. Never
``Strip.render``: its cache leaks the colour depth of one session into another.
"""

from __future__ import annotations

import unicodedata

from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from console.terminal.cells import POINT_BITS, SPACE, Row, cell
from console.terminal.glyphs import points
from console.terminal.grid import Grid
from console.terminal.styles import Pens


def paint(grid: Grid, update: CompositorUpdate, pens: Pens, *, utf8: bool) -> None:
    """Put what an update changes on the grid."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                grid.put(x, y, cells_of(strip, pens, utf8=utf8))
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        _paint_chops(grid, update, pens, utf8)


def _paint_chops(grid: Grid, update: ChopsUpdate, pens: Pens, utf8: bool) -> None:
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            whole = first <= x < last and end <= last
            shown = strip if whole else strip.crop(0, min(end, last) - x)
            grid.put(x, y, cells_of(shown, pens, utf8=utf8))


def cells_of(strip: Strip, pens: Pens, *, utf8: bool) -> Row:
    """Return a strip as cells, one a column."""
    cells: Row = []
    for text, style, control in strip:
        if control:
            continue
        of_pen = pens(style)
        high, blank = of_pen << POINT_BITS, cell(SPACE, of_pen)
        if text.isascii() and text.isprintable():
            if text.isspace():
                cells += [blank] * len(text)
            else:
                cells += [blank if point == SPACE else high | point for point in text.encode()]
            continue
        for character in text if text.isascii() else unicodedata.normalize("NFC", text):
            for point in points(character, utf8=utf8):
                cells.append(blank if point == SPACE else high | point)
    return cells
