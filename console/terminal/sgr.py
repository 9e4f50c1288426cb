"""The shortest escape sequence from one pen to another."""

from __future__ import annotations

from typing import Final

from console.terminal.cells import (
    ANY_FOREGROUND,
    BOLD,
    DIM,
    ITALIC,
    REVERSE,
    STRIKE,
    TRUECOLOUR,
    UNDERLINE,
    VISIBLE_ON_BLANK,
    background_of,
    foreground_of,
    pen,
)

_ON: Final = ((BOLD, "1"), (DIM, "2"), (ITALIC, "3"), (UNDERLINE, "4"), (REVERSE, "7"), (STRIKE, "9"))
_OFF: Final = ((BOLD | DIM, "22"), (ITALIC, "23"), (UNDERLINE, "24"), (REVERSE, "27"), (STRIKE, "29"))
_REMEMBERED: Final = 4096
_FOREGROUND: Final = 30
_BACKGROUND: Final = 40


class PenChanges:
    """Changes of pen on a terminal, remembered as they are asked for again and again."""

    def __init__(self, *, single_attribute_off: bool) -> None:
        """``single_attribute_off`` says whether attributes can be ended one by one (SGR 22 to 29)."""
        self._single_attribute_off = single_attribute_off
        self._known: dict[tuple[int, int], tuple[str, int]] = {}

    def change(self, now: int, wanted: int) -> tuple[str, int]:
        """Return the shortest sequence from pen ``now`` to ``wanted``, and the pen that it leaves.

        Where the wanted foreground cannot be seen, foreground, weight and slant stay what they are.
        """
        key = (now, wanted)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._shortest(now, wanted)
        return known

    def _shortest(self, now: int, wanted: int) -> tuple[str, int]:
        background = background_of(wanted)
        if foreground_of(wanted) == ANY_FOREGROUND:
            kept = wanted & VISIBLE_ON_BLANK
            target = pen(now & 0xFF & ~VISIBLE_ON_BLANK | kept, foreground_of(now), background)
            after_reset = pen(kept, 0, background)
        else:
            target = after_reset = wanted
        if target == now:
            return "", now
        by_reset = "\x1b[" + ";".join(["", *_set_from_nothing(after_reset)]) + "m"
        if now & 0xFF & ~target and not self._single_attribute_off:
            return by_reset, after_reset
        by_difference = "\x1b[" + ";".join(_difference(now, target)) + "m"
        if len(by_reset) <= len(by_difference):
            return by_reset, after_reset
        return by_difference, target


def _set_from_nothing(wanted: int) -> list[str]:
    codes = [code for bit, code in _ON if wanted & bit]
    if foreground_of(wanted):
        codes.append(_colour(foreground_of(wanted), _FOREGROUND))
    if background_of(wanted):
        codes.append(_colour(background_of(wanted), _BACKGROUND))
    return codes


def _difference(now: int, wanted: int) -> list[str]:
    ended, begun = now & ~wanted & 0xFF, wanted & ~now & 0xFF
    if ended & (BOLD | DIM):
        # SGR 22 ends both weights, so one that stays must be set again.
        begun |= wanted & (BOLD | DIM)
    codes = [code for bits, code in _OFF if ended & bits]
    codes += [code for bit, code in _ON if begun & bit]
    if foreground_of(now) != foreground_of(wanted):
        codes.append(_colour(foreground_of(wanted), _FOREGROUND))
    if background_of(now) != background_of(wanted):
        codes.append(_colour(background_of(wanted), _BACKGROUND))
    return codes


def _colour(colour: int, base: int) -> str:
    if colour == 0:
        return str(base + 9)
    if colour & TRUECOLOUR:
        return f"{base + 8};2;{colour >> 16 & 255};{colour >> 8 & 255};{colour & 255}"
    number = colour - 1
    if number < 8:
        return str(base + number)
    if number < 16:
        return str(base + 60 + number - 8)
    return f"{base + 8};5;{number}"
