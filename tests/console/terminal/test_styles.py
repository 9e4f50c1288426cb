"""Styles as pens: focus and faults are seen on every terminal."""

import pytest
from rich.color import Color
from rich.style import Style

from console.terminal.cells import BOLD, REVERSE, UNDERLINE, background_of, foreground_of, pen
from console.terminal.profiles import BASIC, FULL, SERIAL, choose_profile
from console.terminal.styles import Pens

GROUND = Color.parse("#121417")


def test_without_colour_a_strong_background_is_shown_as_reverse() -> None:
    pens = Pens(SERIAL, GROUND)
    assert pens(Style.parse("#d0d0d0 on #5fafd7")) == pen(REVERSE)
    assert pens(Style.parse("#d0d0d0 on #121417")) == pen()


def test_without_colour_a_weaker_background_is_shown_as_bold() -> None:
    assert Pens(SERIAL, GROUND)(Style.parse("#d0d0d0 on #3c4450")) == pen(BOLD)


def test_without_colour_a_focused_field_differs_from_one_on_a_strong_background() -> None:
    pens = Pens(SERIAL, GROUND)
    assert pens(Style.parse("reverse #d0d0d0 on #5fafd7")) != pens(Style.parse("#d0d0d0 on #5fafd7"))


def test_a_terminal_is_never_given_an_attribute_that_it_lacks() -> None:
    everything = Style.parse("bold dim italic underline reverse strike red on blue")
    assert Pens(SERIAL)(everything) == pen(BOLD | REVERSE)
    assert Pens(BASIC)(everything) & 0xFF == BOLD | REVERSE | UNDERLINE


def test_eight_colours_leave_greys_to_the_terminal() -> None:
    pens = Pens(BASIC, GROUND)
    assert pens(Style.parse("#d0d0d0 on #121417")) == pen()
    assert pens(Style.parse("#808080 on #1c2026")) == pen()


def test_eight_colours_show_a_bright_colour_as_bold() -> None:
    assert Pens(BASIC, GROUND)(Style.parse("bright_red on #121417")) == pen(BOLD, 2)


@pytest.mark.parametrize("background", ["#5fafd7", "#ff5f5f", "#87d787", "white", "blue", "yellow"])
def test_eight_colours_never_hide_text(background: str) -> None:
    pens = Pens(BASIC, GROUND)
    for foreground in ("#d0d0d0", "black", "white", "#ff5f5f", "blue"):
        of_pen = pens(Style.parse(f"{foreground} on {background}"))
        assert foreground_of(of_pen) != background_of(of_pen)


def test_a_dark_colour_is_no_grey() -> None:
    assert background_of(Pens(BASIC, GROUND)(Style.parse("white on blue"))) == 5


def test_many_colours_are_kept_as_near_as_the_terminal_has_them() -> None:
    assert Pens(FULL)(Style.parse("color(200) on color(17)")) == pen(0, 201, 18)
    true = Pens(choose_profile("xterm-direct"))(Style.parse("#010203 on #0a0b0c"))
    assert (foreground_of(true) & 0xFFFFFF, background_of(true) & 0xFFFFFF) == (0x010203, 0x0A0B0C)
