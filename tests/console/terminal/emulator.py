"""A terminal emulator to replay output on, and the comparison of what it shows with what was wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyte
from pyte import graphics

from console.terminal.cells import (
    BOLD,
    ITALIC,
    POINT_BITS,
    POINT_MASK,
    REVERSE,
    RIGHT_HALF,
    SPACE,
    STRIKE,
    TRUECOLOUR,
    UNDERLINE,
    VISIBLE_ON_BLANK,
    Row,
    background_of,
    foreground_of,
)
from console.terminal.profiles import TerminalProfile


class EmulatedScreen(pyte.Screen):
    """pyte's screen with REP, and with erasing that fills as the profile says."""

    fills_with_background = False
    last_drawn = " "

    def draw(self, data: str) -> None:
        super().draw(data)
        self.last_drawn = data[-1]

    def repeat_last(self, count: int | None = None) -> None:
        super().draw(self.last_drawn * (count or 1))

    @contextmanager
    def _fill(self) -> Iterator[None]:
        attrs = self.cursor.attrs
        fill = self.default_char
        if self.fills_with_background:
            fill = fill._replace(bg=attrs.bg)
        self.cursor.attrs = fill
        try:
            yield
        finally:
            self.cursor.attrs = attrs

    def erase_in_line(self, *args: Any, **kwargs: Any) -> None:
        with self._fill():
            super().erase_in_line(*args, **kwargs)

    def erase_in_display(self, *args: Any, **kwargs: Any) -> None:
        with self._fill():
            super().erase_in_display(*args, **kwargs)

    def erase_characters(self, *args: Any, **kwargs: Any) -> None:
        with self._fill():
            super().erase_characters(*args, **kwargs)


class EmulatedStream(pyte.ByteStream):
    csi = {**pyte.Stream.csi, "b": "repeat_last"}  # noqa: RUF012 - pyte's own shape
    events = pyte.Stream.events | {"repeat_last"}


class Emulator:
    """A terminal with the abilities of a profile; what the profile lacks fails the test."""

    def __init__(self, profile: TerminalProfile, width: int, height: int) -> None:
        self.profile = profile
        self.screen = EmulatedScreen(width, height)
        self.screen.fills_with_background = profile.clears_with_background
        self.stream = EmulatedStream(self.screen)
        self.stream.feed(b"\x1b[?7l")

    def feed(self, output: bytes) -> None:
        refuse_foreign(output, self.profile)
        self.stream.feed(output)

    def differences(self, rows: list[Row]) -> list[str]:
        """Return a line for each cell that is not as wanted."""
        return [
            f"row {y} column {x}: wanted {_wanted(cell)}, shows {shown}"
            for y, row in enumerate(rows)
            for x, cell in enumerate(row)
            if not _alike(cell, shown := self.screen.buffer[y][x])
        ]

    @property
    def cursor(self) -> tuple[int, int]:
        return self.screen.cursor.y, self.screen.cursor.x


def refuse_foreign(output: bytes, profile: TerminalProfile) -> None:
    """Fail on any sequence that the profile does not have."""
    text = output.decode()
    finals = set(re.findall(r"\x1b\[[?\d;]*([A-Za-z@])", text))
    allowed = set("HJKCDABm") | set("r" if profile.scroll_region else "")
    allowed |= set("LM" if profile.insert_lines else "")
    allowed |= set("X" if profile.erase_characters else "")
    allowed |= set("b" if profile.repeat else "")
    allowed |= set("Gd" if profile.absolute_column else "")
    allowed |= set("hl" if profile.hides_cursor else "")
    assert finals <= allowed | {"r"}, f"{profile.name} has no {finals - allowed}"
    rest = re.sub(r"\x1b(\[[?\d;]*[A-Za-z]|M)", "", text)
    assert all(c in "\r\n\b" or c.isprintable() for c in rest), f"control characters in {rest!r}"
    assert profile.utf8 or rest.isascii()
    for codes in re.findall(r"\x1b\[([\d;]*)m", text):
        numbers = [int(code or "0") for code in codes.split(";")]
        if profile.colours == 0:
            assert all(number < 30 for number in numbers), f"colour in {codes}"
        if profile.colours == 8:
            assert not {38, 48} & set(numbers), f"more than 8 colours in {codes}"
            assert max(numbers) < 90, f"bright colour in {codes}"
        if not profile.single_attribute_off:
            assert not any(21 < number < 30 for number in numbers), f"single attribute ended in {codes}"


def _colour(colour: int, *, background: bool) -> str:
    if colour == 0:
        return "default"
    if colour & TRUECOLOUR:
        return f"{colour & 0xFFFFFF:06x}"
    number = colour - 1
    if number < 8:
        return str(graphics.BG[40 + number] if background else graphics.FG[30 + number])
    if number < 16:
        return str(graphics.BG_AIXTERM[92 + number] if background else graphics.FG_AIXTERM[82 + number])
    return str(graphics.FG_BG_256[number])


def _wanted(cell: int) -> str:
    pen = cell >> POINT_BITS
    point = cell & POINT_MASK
    return f"{'right half' if point == RIGHT_HALF else chr(point)!r} with pen {pen:#x}"


def _alike(cell: int, shown: Any) -> bool:
    pen, point = cell >> POINT_BITS, cell & POINT_MASK
    if shown.data != ("" if point == RIGHT_HALF else chr(point)):
        return False
    if shown.bg != _colour(background_of(pen), background=True):
        return False
    marks = (shown.underscore, shown.reverse, shown.strikethrough)
    if marks != (bool(pen & UNDERLINE), bool(pen & REVERSE), bool(pen & STRIKE)):
        return False
    if point == SPACE and not pen & VISIBLE_ON_BLANK:
        return True
    if shown.fg != _colour(foreground_of(pen), background=False):
        return False
    return point == SPACE or (shown.bold, shown.italics) == (bool(pen & BOLD), bool(pen & ITALIC))
