"""The identifier of a badge: 3..10 bytes in upper-case hex."""

from __future__ import annotations

import re

from core.errors import Invalid

_SHAPE = re.compile(r"(?:[0-9A-F]{2}){3,10}")


def badge_uid(text: str) -> str:
    """A badge's identifier in its one spelling, without spaces, colons and dashes. Raises Invalid."""
    uid = re.sub(r"[\s:\-]", "", text).upper()
    if not _SHAPE.fullmatch(uid):
        raise Invalid("A badge identifier is 3 to 10 bytes in hexadecimal, such as E1EB1C02")
    return uid
