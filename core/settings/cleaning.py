"""Text from outside: brought to one form, refused with control or invisible characters."""

from __future__ import annotations

import unicodedata

REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories: control, format (bidirectional too), surrogate, private, unassigned, line ends."""

LONGEST_SHOWN = 40


def composed(text: str) -> str:
    """The text in composed form (NFC), without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def first_refused(text: str, *, lines: bool = False) -> str | None:
    """The first character that is not accepted, as `U+202E`; line ends are accepted where `lines`."""
    for each in text:
        if lines and each in "\n\r":
            continue
        if unicodedata.category(each) in REFUSED:
            return f"U+{ord(each):04X}"
    return None


def harmless(value: object) -> str:
    """A value as a message may quote it: one line, nothing invisible, at most 40 characters."""
    text = "".join(each if each.isprintable() else "?" for each in str(value)[:1000])
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
