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

_REMEMBERED: Final = 4096

_BLACK: Final = 0
_WHITE: Final = 7
_GREYS: Final = frozenset({_BLACK, _WHITE})
_DARK: Final = frozenset({0, 1, 4, 5})
"""Palette entries on which white reads better than black."""


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
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
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
        flags &= profile.attributes
        if profile.colours == 8:
            return self._few_colours(style, flags)
        foreground, background = (_colour(c, profile.colours) for c in (style.color, style.bgcolor))
        return pen(flags, 0 if foreground == background else foreground, background)

    def _few_colours(self, style: Style, flags: int) -> int:
        """Leave greys to the terminal, whose own ground may be light or dark, and keep what has a colour."""
        ground = self._ground or Color.parse("black")
        background = 0
        if style.bgcolor is not None and not style.bgcolor.is_default:
            shade = _basic(style.bgcolor) % 8
            if shade not in _GREYS or _contrast(style.bgcolor, ground) >= _BOLD_FROM:
                background = shade + 1
        number = _basic(style.color)
        if number % 8 not in _GREYS:
            if number % 8 + 1 != background:
                return pen(flags | (BOLD if number > 8 else 0), number % 8 + 1, background)
        elif not background:
            return pen(flags)
        dark = background - 1 in _DARK
        return pen(flags, (_WHITE if dark else _BLACK) + 1, background)


def _marked(flags: int, contrast: float) -> int:
    """Show a background by attributes; one that is reversed by its style already is made bold to differ."""
    if contrast >= _REVERSED_FROM:
        return flags | BOLD if flags & REVERSE else flags | REVERSE
    return flags | BOLD if contrast >= _BOLD_FROM else flags


def _colour(colour: Color | None, colours: int) -> int:
    if colour is None or colour.type is ColorType.DEFAULT:
        return 0
    if colours == 256:
        colour = colour.downgrade(ColorSystem.EIGHT_BIT)
    if colour.type is ColorType.TRUECOLOR:
        red, green, blue = colour.get_truecolor()
        return TRUECOLOUR | red << 16 | green << 8 | blue
    return (colour.number or 0) + 1


def _basic(colour: Color | None) -> int:
    """The nearest of the sixteen basic colours; the terminal's own counts as white."""
    if colour is None or colour.type is ColorType.DEFAULT:
        return _WHITE
    number = colour.downgrade(ColorSystem.STANDARD).number
    return _WHITE if number is None else number


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
