"""Sizes and times of files in words."""

from __future__ import annotations

import math

from screens.texts import _, ngettext


def size_words(size: int) -> str:
    """`12,345 bytes`."""
    return ngettext("{count} byte", "{count} bytes", size).format(count=f"{size:,}")


def time_words(seconds: float) -> str:
    """`about 12 s`, `about 3 min 20 s`, `about 2 h 5 min`; never less than it takes."""
    whole = max(1, math.ceil(seconds))
    if whole < 60:
        return _("about {seconds} s").format(seconds=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return _("about {minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return _("about {hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
