"""The Admin badge at the reader: it opens the register for the one badge that follows."""

from __future__ import annotations

from collections.abc import Callable

from core.badges.changes import Author
from core.badges.register import Register
from core.clock import Clock
from core.errors import StationError
from core.values.badges import BadgeSelection, Signal

OPEN_SECONDS = 15.0
"""s; so long the badge to be added or removed is waited for."""


class AdminBadge:
    """An unknown badge that follows is added as User, a User badge is removed, others are refused.

    Each time one badge only, so that no driver who comes next is removed by mistake. An Admin badge that
    follows closes it again. `may_open` tells whether nothing charges and the register decides here.
    """

    def __init__(self, register: Register, clock: Clock, may_open: Callable[[], bool]) -> None:
        self._register = register
        self._clock = clock
        self._may_open = may_open
        self._opened_by: str | None = None
        self._until = 0.0

    async def take(self, uid: str) -> Signal | None:
        """A badge was presented; None when this is not about the register."""
        badge = await self._register.find(uid)
        opened_by, self._opened_by = self._opened_by, None
        if opened_by is not None and self._clock.elapsed() < self._until:
            if badge is not None and badge.type != "user":
                return "known" if badge.type == "admin" else "refused"
            author = Author(account="station", origin="reader", text=f"by the Admin badge {opened_by}")
            try:
                if badge is None:
                    await self._register.add(uid, "user", "", author)
                else:
                    await self._register.remove(BadgeSelection(uids=(uid,)), author)
            except StationError:
                return "refused"
            return "learned"
        if badge is None or badge.type != "admin" or not self._may_open():
            return None
        self._opened_by, self._until = uid, self._clock.elapsed() + OPEN_SECONDS
        return "accepted"
