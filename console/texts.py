"""The texts of commands and servers in the language of the machine, without loading any screen."""

from __future__ import annotations

import functools
import gettext
from pathlib import Path

import screens

LOCALE = Path(screens.__file__).parent / "locale"
DOMAIN = "evtty"


@functools.cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, fallback=True)


def _(text: str) -> str:
    """`text` in the language that LANGUAGE, LC_ALL, LC_MESSAGES or LANG names. Empty text stays empty."""
    return _catalogue().gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a text that goes with `count`."""
    return _catalogue().ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name for a text that is translated where it is shown.
    """Mark `text` for the catalogue; it is translated where it is shown."""
    return text
