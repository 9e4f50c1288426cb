"""Which abilities of a terminal are used to draw on it.

Source of the sets: the VT102 manual for ``serial``, minicom's emulation for ``basic`` on a line, and the
terminfo entries of the named terminals for SSH and local sessions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from console.terminal.cells import BOLD, DIM, ITALIC, REVERSE, STRIKE, UNDERLINE


@dataclass(frozen=True, kw_only=True)
class TerminalProfile:
    """What may be sent to one terminal."""

    name: str
    colours: int
    """0, 8, 256 or 1 << 24."""
    attributes: int
    """Attribute bits that the terminal shows."""
    utf8: bool
    clears_with_background: bool = False
    """Erasing fills with the current background instead of the terminal's own."""
    erase_characters: bool = False
    """ECH."""
    repeat: bool = False
    """REP."""
    absolute_column: bool = False
    """CHA and VPA."""
    insert_lines: bool = True
    """IL and DL."""
    scroll_region: bool = True
    """DECSTBM, with IND and RI."""
    single_attribute_off: bool = False
    """SGR 22 to 29; a VT102 knows only the reset of everything."""
    hides_cursor: bool = False
    """DECTCEM."""
    alternate_screen: bool = False
    addresses_cursor: bool = True
    """False where only whole lines can be written: no grid is drawn there."""


SERIAL: Final = TerminalProfile(name="serial", colours=0, attributes=BOLD | REVERSE, utf8=False)

BASIC: Final = TerminalProfile(
    name="basic",
    colours=8,
    attributes=BOLD | REVERSE | UNDERLINE,
    utf8=True,
    erase_characters=True,
    single_attribute_off=True,
    hides_cursor=True,
    alternate_screen=True,
)

BASIC_ON_A_LINE: Final = replace(BASIC, alternate_screen=False, hides_cursor=False)
"""A serial terminal that showed that it takes UTF-8."""

FULL: Final = TerminalProfile(
    name="full",
    colours=256,
    attributes=BOLD | DIM | ITALIC | UNDERLINE | REVERSE | STRIKE,
    utf8=True,
    clears_with_background=True,
    erase_characters=True,
    repeat=True,
    absolute_column=True,
    single_attribute_off=True,
    hides_cursor=True,
    alternate_screen=True,
)

PLAIN: Final = TerminalProfile(
    name="plain",
    colours=0,
    attributes=0,
    utf8=False,
    insert_lines=False,
    scroll_region=False,
    addresses_cursor=False,
)

_LINUX = replace(BASIC, clears_with_background=True, absolute_column=True)
_XTERM_8 = replace(_LINUX, repeat=True)
_MULTIPLEXER = replace(FULL, clears_with_background=False, repeat=False)
_VT100 = replace(SERIAL, insert_lines=False)
_VT220 = replace(SERIAL, erase_characters=True, single_attribute_off=True, hides_cursor=True)

_BY_TERM: Final[dict[str, TerminalProfile]] = {
    "": PLAIN,
    "dumb": PLAIN,
    "unknown": PLAIN,
    "network": PLAIN,
    "vt100": _VT100,
    "vt102": SERIAL,
    "vt220": _VT220,
    "vt320": _VT220,
    "vt420": _VT220,
    "ansi": _VT100,
    "minicom": BASIC_ON_A_LINE,
    "linux": _LINUX,
    "linux-16color": _LINUX,
    "xterm": _XTERM_8,
    "xterm-color": _XTERM_8,
    "xterm-16color": _XTERM_8,
    "xterm-mono": replace(_XTERM_8, colours=0),
    "putty": replace(_LINUX, repeat=False),
    "rxvt": replace(_LINUX, repeat=False),
    "rxvt-unicode": replace(_LINUX, repeat=False),
    "cygwin": replace(_LINUX, erase_characters=False),
    "screen": replace(_LINUX, clears_with_background=False, erase_characters=False, absolute_column=False),
    "tmux": replace(_LINUX, clears_with_background=False),
    "screen-256color": replace(_MULTIPLEXER, erase_characters=False, absolute_column=False),
    "screen-256color-bce": replace(_MULTIPLEXER, erase_characters=False, absolute_column=False),
    "tmux-256color": _MULTIPLEXER,
    "xterm-256color": FULL,
    "xterm-direct": replace(FULL, colours=1 << 24),
    "xterm-kitty": replace(FULL, colours=1 << 24),
    "xterm-ghostty": replace(FULL, colours=1 << 24),
    "wezterm": replace(FULL, colours=1 << 24),
    "alacritty": replace(FULL, repeat=False),
    "foot": FULL,
    "putty-256color": replace(FULL, repeat=False),
    "rxvt-unicode-256color": replace(FULL, repeat=False),
    "konsole-256color": replace(FULL, repeat=False),
    "gnome-256color": replace(FULL, repeat=False),
    "vte-256color": replace(FULL, repeat=False),
    "st-256color": replace(FULL, repeat=False),
}

_COLOUR_ATTRIBUTES: Final = BOLD | REVERSE | UNDERLINE


def choose_profile(term: str, *, colorterm: str = "", no_color: bool = False) -> TerminalProfile:
    """Choose what to send to a terminal of this name.

    An unknown name gets what every VT102 understands. ``colorterm`` and ``no_color`` are the client's
    environment, known only where the session runs in it: over SSH it is not taken.
    """
    profile = _BY_TERM.get(term.lower(), SERIAL)
    if profile.colours == 256 and colorterm.lower() in ("truecolor", "24bit"):
        profile = replace(profile, colours=1 << 24)
    if no_color:
        profile = replace(profile, colours=0, attributes=profile.attributes & _COLOUR_ATTRIBUTES)
    return profile
