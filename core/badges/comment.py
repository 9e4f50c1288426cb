"""The comment of a badge: one line of at most 50 visible characters."""

from __future__ import annotations

import unicodedata

from core.errors import Invalid
from core.settings.cleaning import REFUSED
from core.values.badges import LONGEST_COMMENT


def badge_comment(text: str) -> str:
    """A comment in composed form (NFC), without control, bidi and format characters. Raises Invalid."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        comment = text.strip()
    else:
        line = "".join(" " if each in "\t\r\n" else each for each in unicodedata.normalize("NFC", text))
        seen = "".join(each for each in line if unicodedata.category(each) not in REFUSED)
        comment = unicodedata.normalize("NFC", seen).strip()
    if len(comment) > LONGEST_COMMENT:
        raise Invalid(
            "A comment has at most {most} characters, this one has {count}",
            most=LONGEST_COMMENT,
            count=len(comment),
        )
    return comment
