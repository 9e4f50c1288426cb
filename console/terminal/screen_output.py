"""The bytes that begin and end the drawing of screens on a terminal."""

from __future__ import annotations

from console.terminal.profiles import TerminalProfile


def begin(profile: TerminalProfile) -> bytes:
    """Take the screen: the last column must not wrap while it is drawn."""
    return (b"\x1b[?1049h" if profile.alternate_screen else b"") + b"\x1b[?7l"


def end(profile: TerminalProfile) -> bytes:
    """Give the terminal back: no attributes, no scroll region, lines wrap, nothing left to read."""
    clean = b"\x1b[m\x1b[r\x1b[?7h"
    if profile.hides_cursor:
        clean += b"\x1b[?25h"
    if profile.alternate_screen:
        return clean + b"\x1b[?1049l"
    return clean + b"\x1b[H\x1b[2J"
