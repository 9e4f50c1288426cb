"""The texts of the screens in the language of whoever looks at them."""

from __future__ import annotations

import gettext
from pathlib import Path

from textual._context import active_app

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "evtty"


class Language:
    """A language of the interface: its code, its own name for itself and its catalogue of texts."""

    def __init__(self, code: str, name: str, catalogue: gettext.NullTranslations) -> None:
        self.code = code
        self.name = name
        self.catalogue = catalogue


ENGLISH = Language("en", "English", gettext.NullTranslations())


def languages(folder: Path = LOCALE) -> tuple[Language, ...]:
    """Every language that has a catalogue in `folder`, English first (it needs none)."""
    from babel import Locale

    found = [
        Language(
            path.parents[1].name,
            str(Locale.parse(path.parents[1].name).display_name).capitalize(),
            gettext.translation(DOMAIN, folder, [path.parents[1].name]),
        )
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    ]
    return (ENGLISH, *found)


def spoken() -> Language:
    """The language of the app whose screen is being drawn now."""
    language = getattr(active_app.get(None), "language", None)
    return language if isinstance(language, Language) else ENGLISH


def _(text: str) -> str:
    """`text` in the language of this session. Empty text stays empty."""
    return spoken().catalogue.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the language of this session, by its rule for `count`."""
    return spoken().catalogue.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name for a text that is translated where it is shown.
    """Mark `text` for the catalogue; it is translated where it is shown."""
    return text
