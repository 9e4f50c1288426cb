"""One terminal's screen: frames go in at any time, bytes come out when there is room for them."""

from __future__ import annotations

from rich.color import Color
from textual._compositor import CompositorUpdate

from console.terminal.encoder import Encoder
from console.terminal.grid import Grid
from console.terminal.painting import paint
from console.terminal.profiles import TerminalProfile
from console.terminal.styles import Pens


class TerminalScreen:
    """Keeps the latest frame, so that frames nobody would have seen are never sent."""

    def __init__(self, profile: TerminalProfile, width: int, height: int) -> None:
        self.profile = profile
        self.grid = Grid(width, height)
        self._encoder = Encoder(profile, width, height)
        self._pens = Pens(profile)
        self._ground: Color | None = None

    def resize(self, width: int, height: int) -> None:
        """Take another size in columns and rows; the next frame is drawn from nothing."""
        self.grid = Grid(width, height)
        self._encoder.resize(width, height)

    def repaint(self) -> None:
        """Draw the next frame from nothing, whatever the terminal shows."""
        self._encoder.repaint()

    def paint(self, update: CompositorUpdate, ground: Color | None) -> None:
        """Take a frame; ``ground`` is the background of the whole screen."""
        if ground != self._ground:
            self._ground = ground
            self._pens = Pens(self.profile, ground)
        paint(self.grid, update, self._pens, utf8=self.profile.utf8)

    def output(self, cursor: tuple[int, int] | None) -> bytes:
        """Return what makes the terminal show the latest frame, cursor at (row, column)."""
        return self._encoder.encode(self.grid.rows, cursor)

    def changed_rows(self) -> int:
        """How many rows the terminal does not show as they should be."""
        return self._encoder.differing_rows(self.grid.rows)
