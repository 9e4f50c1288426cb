"""The identifier of a badge: 3..10 bytes in upper-case hex."""

from __future__ import annotations

import re

from core.errors import Invalid

_SHAPE = re.compile(r"(?:[0-9A-F]{2}){3,10}")
_SEPARATORS = re.compile(r"[\s:\-]")
_SMALL = {ord(letter): letter.upper() for letter in "abcdef"}
"""Only these: other small letters may become several capital ones of ASCII."""


def without_separators(text: str) -> str:
    """An identifier, or a part of one, as the register spells it."""
    return _SEPARATORS.sub("", text).translate(_SMALL)


def badge_uid(text: str) -> str:
    """A badge's identifier in its one spelling, without spaces, colons and dashes. Raises Invalid."""
    if _SHAPE.fullmatch(text):
        return text
    uid = without_separators(text)
    if not _SHAPE.fullmatch(uid):
        raise Invalid("A badge identifier is 3 to 10 bytes in hexadecimal, such as E1EB1C02")
    return uid
