"""Text from outside, made harmless for a terminal before it is shown."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, set_cell_size

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

PLAIN = dict(zip("ıøØłŁđĐßæÆœŒþÞ", "ioOlLdDsaAoOpP", strict=True))
"""Letters that are no letter of ASCII with a mark."""


def cleaned(text: str, *, ascii_only: bool = False) -> str:
    """`text` in NFC without control, bidi, format, private and unassigned characters.

    With `ascii_only`, letters lose their marks and what the terminal cannot show becomes `?`. The result is
    one line.
    """
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(" " if letter in "\t\r\n" else letter for letter in composed)
    shown = "".join(letter for letter in plain if unicodedata.category(letter) not in HIDDEN)
    if ascii_only:
        shown = "".join(_plain(letter) for letter in shown)
    return shown


def _plain(letter: str) -> str:
    """The one letter of ASCII that reads like it; nothing for a mark alone."""
    if unicodedata.combining(letter):
        return ""
    base = unicodedata.normalize("NFKD", PLAIN.get(letter, letter))[0]
    return base if base.isascii() and base.isprintable() else "?"


def fitted(text: str, width: int, *, more: str = ">") -> str:
    """`text` in exactly `width` cells, filled with spaces or cut with the mark `more` at its end."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + more
