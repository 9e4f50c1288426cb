"""Changes of pen are short, and replayed they give the pen that was wanted."""

import re

from hypothesis import given
from hypothesis import strategies as st

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
from console.terminal.sgr import PenChanges

BITS = {1: BOLD, 2: DIM, 3: ITALIC, 4: UNDERLINE, 7: REVERSE, 9: STRIKE}
OFF = {22: BOLD | DIM, 23: ITALIC, 24: UNDERLINE, 27: REVERSE, 29: STRIKE}
COLOURS = st.one_of(st.integers(0, 256), st.integers(0, 0xFFFFFF).map(lambda rgb: TRUECOLOUR | rgb))
PENS = st.builds(pen, st.integers(0, 63), COLOURS, COLOURS)


def applied(now: int, escape: str) -> int:
    """Do what a terminal does with an SGR sequence."""
    flags, colours = now & 0xFF, [foreground_of(now), background_of(now)]
    if not escape:
        return now
    match = re.fullmatch(r"\x1b\[([\d;]*)m", escape)
    assert match is not None
    codes = [int(code or "0") for code in match[1].split(";")]
    while codes:
        code = codes.pop(0)
        ground = 1 if code // 10 in (4, 10) else 0
        if code == 0:
            flags, colours = 0, [0, 0]
        elif code in BITS:
            flags |= BITS[code]
        elif code in OFF:
            flags &= ~OFF[code]
        elif code in (38, 48):
            kind = codes.pop(0)
            if kind == 5:
                colours[ground] = codes.pop(0) + 1
            else:
                red, green, blue = codes.pop(0), codes.pop(0), codes.pop(0)
                colours[ground] = TRUECOLOUR | red << 16 | green << 8 | blue
        elif code >= 90:
            colours[ground] = code % 10 + 9
        else:
            colours[ground] = 0 if code % 10 == 9 else code % 10 + 1
    return pen(flags, *colours)


@given(now=PENS, wanted=PENS, one_by_one=st.booleans())
def test_the_terminal_ends_with_the_wanted_pen(now: int, wanted: int, one_by_one: bool) -> None:
    escape, left = PenChanges(single_attribute_off=one_by_one).change(now, wanted)
    assert applied(now, escape) == left == wanted


@given(now=PENS, flags=st.sampled_from([0, REVERSE, UNDERLINE]), ground=COLOURS, one_by_one=st.booleans())
def test_a_blank_takes_any_foreground(now: int, flags: int, ground: int, one_by_one: bool) -> None:
    wanted = pen(flags, ANY_FOREGROUND, ground)
    escape, left = PenChanges(single_attribute_off=one_by_one).change(now, wanted)
    assert applied(now, escape) == left
    assert (left & VISIBLE_ON_BLANK, background_of(left)) == (flags, ground)


def test_a_reset_is_used_where_it_is_shorter() -> None:
    changes = PenChanges(single_attribute_off=True)
    assert changes.change(pen(BOLD | REVERSE, 2, 5), pen()) == ("\x1b[m", pen())
    assert changes.change(pen(REVERSE, 0, 5), pen(0, 0, 5)) == ("\x1b[27m", pen(0, 0, 5))


def test_a_vt102_never_gets_an_attribute_ended_alone() -> None:
    changes = PenChanges(single_attribute_off=False)
    assert changes.change(pen(BOLD | REVERSE), pen(BOLD)) == ("\x1b[;1m", pen(BOLD))
