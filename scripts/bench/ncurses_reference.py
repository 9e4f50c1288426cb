"""How many bytes ncurses sends to draw a series of screens, measured on a pseudo terminal of its own.

To be fair to ncurses: line feeds need no carriage return (``nonl``), scrolling, insertion and deletion of
lines and characters are allowed, and blanks, of which nobody sees the foreground, are offered in two ways (in
the pen of the text before them, and in no pen), of which the shorter counts.
"""

from __future__ import annotations

import curses
import fcntl
import json
import locale
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import tty
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from console.terminal.cells import (
    ANY_FOREGROUND,
    BOLD,
    DIM,
    ITALIC,
    POINT_BITS,
    POINT_MASK,
    REVERSE,
    RIGHT_HALF,
    SPACE,
    UNDERLINE,
    VISIBLE_ON_BLANK,
    background_of,
    foreground_of,
    pen,
)

ATTRIBUTES = (
    (BOLD, curses.A_BOLD),
    (DIM, curses.A_DIM),
    (ITALIC, curses.A_ITALIC),
    (UNDERLINE, curses.A_UNDERLINE),
    (REVERSE, curses.A_REVERSE),
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One state of the screen: its cells, and the cursor's row and column."""

    rows: list[list[int]]
    cursor: tuple[int, int] | None
    cleared: bool = False
    """The terminal is cleared first, as for a first screen."""


def bytes_of(pictures: list[Picture], term: str) -> list[int]:
    """Return the bytes that ncurses sends for each picture after the one before, on the terminal `term`."""
    both = [_drawn(pictures, term, smooth=smooth) for smooth in (False, True)]
    return [min(counts) for counts in zip(*both, strict=True)]


def _drawn(pictures: list[Picture], term: str, *, smooth: bool) -> list[int]:
    height, width = len(pictures[0].rows), len(pictures[0].rows[0])
    master, slave = pty.openpty()
    tty.setraw(slave)
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    environment = {
        **os.environ,
        "TERM": term,
        "LINES": str(height),
        "COLUMNS": str(width),
        "LC_ALL": "C.UTF-8",
    }
    painter = subprocess.Popen(
        [sys.executable, __file__, "smooth" if smooth else "plain", str(slave)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=(slave,),
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    os.close(slave)
    try:
        return [_count(painter, master, json.dumps(asdict(picture)).encode() + b"\n") for picture in pictures]
    finally:
        painter.stdin.close() if painter.stdin else None
        painter.wait(10)
        if painter.stdout:
            painter.stdout.close()
        os.close(master)


def _count(painter: subprocess.Popen[bytes], master: int, order: bytes) -> int:
    """Send a picture; count what arrives until the painter says that it is done."""
    if painter.stdin is None or painter.stdout is None:
        raise RuntimeError("the painter has no pipes")
    painter.stdin.write(order)
    painter.stdin.flush()
    says = painter.stdout.fileno()
    count, done = 0, False
    while True:
        ready, _, _ = select.select([master, says], [], [], 0.0 if done else 10.0)
        if master in ready:
            count += len(os.read(master, 65536))
        elif says in ready and not done:
            done = True
            if not painter.stdout.readline():
                raise RuntimeError("ncurses gave up on this terminal")
        elif done:
            return count
        else:
            raise RuntimeError("ncurses takes longer than 10 s")


class Painter:
    """Draws with ncurses what it is told."""

    def __init__(self, screen: curses.window, *, smooth: bool) -> None:
        self._screen = screen
        self._smooth = smooth
        self._pairs: dict[tuple[int, int], int] = {}
        self._colours = curses.COLORS if curses.has_colors() else 0

    def draw(self, picture: Picture) -> None:
        """Draw a picture and send it."""
        if picture.cleared:
            self._screen.clear()
        height, width = self._screen.getmaxyx()
        for y, row in enumerate(picture.rows):
            for x, (point, of_pen) in enumerate(self._cells(row)):
                if point == RIGHT_HALF:
                    continue
                draw = self._screen.insstr if (y, x) == (height - 1, width - 1) else self._screen.addstr
                draw(y, x, chr(point), self._attributes(of_pen))
        if picture.cursor is not None:
            self._screen.move(*picture.cursor)
        self._screen.refresh()

    def _cells(self, row: list[int]) -> Iterator[tuple[int, int]]:
        before = 0
        for cell in row:
            point, of_pen = cell & POINT_MASK, cell >> POINT_BITS
            if point == SPACE and foreground_of(of_pen) == ANY_FOREGROUND:
                fits = background_of(of_pen) == background_of(before) and not before & VISIBLE_ON_BLANK
                of_pen = before if self._smooth and fits else pen(0, 0, background_of(of_pen))
            before = of_pen
            yield point, of_pen

    def _attributes(self, of_pen: int) -> int:
        attributes = 0
        for bit, attribute in ATTRIBUTES:
            if of_pen & bit:
                attributes |= attribute
        colours = (foreground_of(of_pen) - 1, background_of(of_pen) - 1)
        if not self._colours or colours == (-1, -1):
            return attributes
        if colours not in self._pairs:
            self._pairs[colours] = len(self._pairs) + 1
            curses.init_pair(self._pairs[colours], *colours)
        return attributes | curses.color_pair(self._pairs[colours])


def _paint(*, smooth: bool, terminal: int) -> None:
    """Take pictures from standard input, draw them on the terminal, and say so on standard output."""
    orders, told = sys.stdin.buffer, os.dup(1)
    pictures = os.fdopen(os.dup(orders.fileno()), "rb")
    os.dup2(terminal, 0)
    os.dup2(terminal, 1)
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    screen = curses.initscr()
    curses.noecho()
    curses.raw()
    curses.nonl()
    if curses.tigetnum("colors") > 0:
        curses.start_color()
        curses.use_default_colors()
    screen.idlok(True)
    screen.idcok(True)
    screen.refresh()
    painter = Painter(screen, smooth=smooth)
    for line in pictures:
        told_of = json.loads(line)
        cursor = tuple(told_of["cursor"]) if told_of["cursor"] else None
        painter.draw(Picture(rows=told_of["rows"], cursor=cursor, cleared=told_of["cleared"]))
        os.write(told, b"\n")
    os._exit(0)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    _paint(smooth=sys.argv[1] == "smooth", terminal=int(sys.argv[2]))
