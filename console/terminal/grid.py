"""The screen as it should be: rows of cells."""

from __future__ import annotations

from console.terminal.cells import BLANK, POINT_BITS, POINT_MASK, RIGHT_HALF, SPACE, Row, cell


class Grid:
    """A screen of cells; two-column characters are never left with one half."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows: list[Row] = [[BLANK] * width for _ in range(height)]

    def put(self, x: int, y: int, cells: Row) -> None:
        """Set cells from column ``x`` of row ``y``; what lies outside the screen is left out."""
        if not 0 <= y < self.height:
            return
        if x < 0:
            cells, x = cells[-x:], 0
        room = max(0, self.width - x)
        if len(cells) > room:
            after_is_cut = cells[room] & POINT_MASK == RIGHT_HALF
            cells = cells[:room]
            if cells and after_is_cut:
                cells[-1] = _blanked(cells[-1])
        if not cells:
            return
        row, end = self.rows[y], x + len(cells)
        before_is_cut = row[x] & POINT_MASK == RIGHT_HALF
        row[x:end] = cells
        if before_is_cut and x:
            row[x - 1] = _blanked(row[x - 1])
        if cells[0] & POINT_MASK == RIGHT_HALF:
            row[x] = _blanked(row[x])
        if end < self.width and row[end] & POINT_MASK == RIGHT_HALF:
            row[end] = _blanked(row[end])


def _blanked(of_cell: int) -> int:
    return cell(SPACE, of_cell >> POINT_BITS)
