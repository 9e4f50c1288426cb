"""The headings that settings stand under: their charge point or their protocol."""

from __future__ import annotations

import re

from screens.texts import N_, _

POINT_KEY = re.compile(r"^(socket|meter)\.(\d+)\.")
PROTOCOL_KEY = re.compile(r"^publication\.(smtp|ftp|http)\.")


def section_of(key: str) -> tuple[str, str]:
    """The heading that a setting stands under, untranslated, and its number; "" for none."""
    point = POINT_KEY.match(key)
    if point:
        words = N_("Socket-outlet {number}") if point.group(1) == "socket" else N_("Charge point {number}")
        return words, point.group(2)
    protocol = PROTOCOL_KEY.match(key)
    return (protocol.group(1).upper() if protocol else ""), ""


def section_words(key: str) -> str:
    """The heading in words; "" for none."""
    words, number = section_of(key)
    return _(words).format(number=number)
