"""Plain names for files from outside."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 64
NAMELESS: Final = "file"


def plain_name(name: str) -> str:
    """The last part of a path with letters, digits, dot, dash and underline; never hidden, never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return re.sub(r"[^A-Za-z0-9._-]", "_", last).lstrip(".-")[:LONGEST] or NAMELESS
