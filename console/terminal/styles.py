"""The styles of a screen as pens of one terminal."""

from __future__ import annotations

from typing import Final

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style

from console.terminal.cells import (
    BOLD,
    DIM,
    ITALIC,
    REVERSE,
    STRIKE,
    TRUECOLOUR,
    UNDERLINE,
    pen,
)
from console.terminal.profiles import TerminalProfile

_REVERSED_FROM: Final = 2.0
"""Contrast of a background to the screen's own from which it is shown as reverse where there is no colour."""
_BOLD_FROM: Final = 1.45
"""The same for bold."""


class Pens:
    """The pen for each style on one terminal; styles recur, so each is worked out once."""

    def __init__(self, profile: TerminalProfile, ground: Color | None = None) -> None:
        """``ground`` is the background of the whole screen; None is the terminal's own."""
        self._profile = profile
        self._ground = ground
        self._known: dict[Style | None, int] = {}

    def __call__(self, style: Style | None) -> int:
        """Return the pen for a style."""
        known = self._known.get(style)
        if known is None:
            known = self._known[style] = self._pen(style) if style is not None else pen()
        return known

    def _pen(self, style: Style) -> int:
        profile = self._profile
        flags = (
            (BOLD if style.bold else 0)
            | (DIM if style.dim else 0)
            | (ITALIC if style.italic else 0)
            | (UNDERLINE if style.underline else 0)
            | (REVERSE if style.reverse else 0)
            | (STRIKE if style.strike else 0)
        )
        if profile.colours == 0:
            flags = _marked(flags, _contrast(style.bgcolor, self._ground))
            return pen(flags & profile.attributes)
        foreground = _colour(style.color, profile.colours)
        background = _colour(style.bgcolor, profile.colours)
        if profile.colours == 8:
            if foreground > 8:
                foreground -= 8
                flags |= BOLD
            if background > 8:
                background -= 8
        flags &= profile.attributes
        if foreground and foreground == background:
            # Few colours made text and ground the same.
            foreground = 1 if background == 8 else 8
        return pen(flags, foreground, background)


def _marked(flags: int, contrast: float) -> int:
    """Show a background by attributes; one that is reversed by its style already is made bold to differ."""
    if contrast >= _REVERSED_FROM:
        return flags | BOLD if flags & REVERSE else flags | REVERSE
    return flags | BOLD if contrast >= _BOLD_FROM else flags


def _colour(colour: Color | None, colours: int) -> int:
    if colour is None or colour.type is ColorType.DEFAULT:
        return 0
    if colours == 8:
        colour = colour.downgrade(ColorSystem.STANDARD)
    elif colours == 256:
        colour = colour.downgrade(ColorSystem.EIGHT_BIT)
    if colour.type is ColorType.TRUECOLOR:
        red, green, blue = colour.get_truecolor()
        return TRUECOLOUR | red << 16 | green << 8 | blue
    return (colour.number or 0) + 1


def _contrast(colour: Color | None, ground: Color | None) -> float:
    """Contrast ratio of WCAG 2, 1 to 21; any colour on the terminal's own ground counts as full."""
    if colour is None or colour.type is ColorType.DEFAULT:
        return 1.0
    if ground is None or ground.type is ColorType.DEFAULT:
        return 1.0 if colour.type is ColorType.STANDARD and colour.number == 0 else 21.0
    bright, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(part / 255) for part in colour.get_truecolor())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
