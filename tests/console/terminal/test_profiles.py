"""Which profile a terminal gets by its name."""

import pytest

from console.terminal.cells import BOLD, REVERSE
from console.terminal.profiles import BASIC_ON_A_LINE, SERIAL, choose_profile


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("xterm-256color", "full"),
        ("tmux-256color", "full"),
        ("screen-256color", "full"),
        ("xterm-kitty", "full"),
        ("XTERM-256COLOR", "full"),
        ("xterm", "basic"),
        ("linux", "basic"),
        ("screen", "basic"),
        ("minicom", "basic"),
        ("vt100", "serial"),
        ("vt102", "serial"),
        ("vt220", "serial"),
        ("dumb", "plain"),
        ("", "plain"),
    ],
)
def test_a_known_terminal_gets_its_profile(term: str, name: str) -> None:
    assert choose_profile(term).name == name


def test_an_unknown_terminal_gets_what_every_vt102_understands() -> None:
    assert choose_profile("some-new-terminal") is SERIAL


def test_true_colour_is_used_where_the_environment_says_so() -> None:
    assert choose_profile("xterm-256color", colorterm="truecolor").colours == 1 << 24
    assert choose_profile("xterm-256color").colours == 256
    assert choose_profile("linux", colorterm="truecolor").colours == 8


def test_no_colour_takes_the_colours_away_and_leaves_the_characters() -> None:
    profile = choose_profile("xterm-256color", no_color=True)
    assert (profile.colours, profile.utf8, profile.repeat) == (0, True, True)


def test_a_serial_line_gets_ascii_bold_and_reverse_only() -> None:
    assert (SERIAL.utf8, SERIAL.colours, SERIAL.attributes) == (False, 0, BOLD | REVERSE)
    lacks = (SERIAL.erase_characters, SERIAL.repeat, SERIAL.absolute_column, SERIAL.alternate_screen)
    assert lacks == (False, False, False, False)


def test_a_line_that_passed_the_probe_stays_on_its_own_screen() -> None:
    assert not BASIC_ON_A_LINE.alternate_screen
    assert (BASIC_ON_A_LINE.repeat, BASIC_ON_A_LINE.absolute_column) == (False, False)
