"""What a vehicle uses of its share: one that draws clearly less for a while hands the rest back."""

from __future__ import annotations

import math

import msgspec

LESS_SECONDS = 60.0
"""s; so long a vehicle must draw clearly less before the rest is handed back."""

CLEARLY_LESS = 3.0
"""A below what it may draw."""

MARGIN = 2.0
"""A above its draw that a vehicle keeps, so that it can show that it wants more."""

NEARLY_ALL = 1.0
"""A; a vehicle that comes so near to what it kept wants more, and has its claim back at once."""


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a vehicle.

    `usable`: A that it keeps, None while it claims all it may have; `less_since`: elapsed s since when it
    draws clearly less, and `highest` A it has drawn since then.
    """

    usable: float | None = None
    less_since: float | None = None
    highest: float = 0.0

    def next_change(self) -> float | None:
        """When it hands something back, in elapsed s."""
        return None if self.less_since is None else self.less_since + LESS_SECONDS

    def seen(self, *, drawn: float | None, offered: float, minimum: float, at: float) -> Usage:
        """What is known after this draw in A of its strongest phase (None: not measured) at this offer.

        `minimum`: A that it keeps in any case. Without an offer, or unmeasured, it claims all.
        """
        if drawn is None or offered == 0:
            return Usage()
        usable = self.usable
        if usable is not None and drawn >= usable - NEARLY_ALL:
            return Usage()
        may_draw = offered if usable is None else min(usable, offered)
        highest = drawn if self.less_since is None else max(self.highest, drawn)
        keeps = max(minimum, math.ceil(highest) + MARGIN)
        if drawn > may_draw - CLEARLY_LESS or keeps >= may_draw:
            return Usage(usable=usable)
        since = at if self.less_since is None else self.less_since
        if at < since + LESS_SECONDS:
            return Usage(usable=usable, less_since=since, highest=highest)
        return Usage(usable=keeps)
