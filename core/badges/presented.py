"""Where a badge goes that is presented to the reader: to learning, to the register, or to a charge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from core.badges.admin_badge import AdminBadge
from core.badges.learning import BadgeLearning
from core.badges.uid import badge_uid
from core.values.badges import Learned, Signal

SIGNALS: Mapping[Learned, Signal] = {
    "added": "learned",
    "removed": "learned",
    "known": "known",
    "unknown": "refused",
    "full": "refused",
}

Charge = Callable[[str, int | None], Awaitable[Signal | None]]


async def _unheard(signal: Signal) -> None:
    """No reader is there to make a signal heard."""


class PresentedBadges:
    """Takes every badge that is presented; `charge` is what it does when nobody is at the register.

    `acknowledge` makes a signal heard at the reader; whoever owns the reader sets it.
    """

    def __init__(self, learning: BadgeLearning, admin_badge: AdminBadge, charge: Charge) -> None:
        self._learning = learning
        self._admin_badge = admin_badge
        self._charge = charge
        self.acknowledge: Callable[[Signal], Awaitable[None]] = _unheard

    async def take(self, uid: str, point: int | None = None) -> Signal | None:
        """A badge was presented, for this charge point where one was chosen; what is heard for it.

        Raises Invalid, NotFound.
        """
        uid = badge_uid(uid)
        learned = await self._learning.take(uid)
        signal = SIGNALS[learned] if learned is not None else await self._admin_badge.take(uid)
        if signal is None:
            signal = await self._charge(uid, point)
        if signal is not None:
            await self.acknowledge(signal)
        return signal
