"""The keys and the log-in, explained."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from screens.texts import N_, _

WIDTH = 68

KEYS = (
    N_("Tab, Shift+Tab  next and previous field        also ^N, ^P"),
    N_("1..5            tabs          [ ]  sub-tabs    Esc to the tab bar"),
    N_("^O, F10         save          F9   discard     ? F1 ^G  help"),
    N_("/, F3           find a setting or an action    F6 audit and events"),
    N_("^R, F5          read again    ^L   draw again  Esc, ^C  cancel"),
    N_("Log out         Esc at the tab bar"),
)


def wrapped(lines: Iterable[str]) -> list[str]:
    """Paragraphs broken to the width of a dialog."""
    return [part for line in lines for part in (textwrap.wrap(line, WIDTH) or [""])]


def keys_help() -> list[str]:
    return [_("Keys"), *(_(line) for line in KEYS)]


def log_in_help() -> list[str]:
    """What somebody before the log-in needs to know."""
    return wrapped(
        (
            _(
                "Accounts are admin and user. A fresh station has the passwords printed in its guide; "
                "each must be replaced at the first log-in."
            ),
            "",
            _(
                "After wrong tries the station waits, longer each time. A lost user password is set anew "
                "by the administrator; a lost administrator password needs the factory reset at the station."
            ),
        )
    )
