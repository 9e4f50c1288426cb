"""Puts the link together. Loading this takes tenths of a second, and most stations have no supervision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from core.clock import Clock
from core.ocpp.actions import answering
from core.ocpp.desk import Desk
from core.ocpp.link import Link
from core.ocpp.linked import Linked
from core.ocpp.seen import Seen
from core.ocpp.speaking import Speaking
from core.ocpp.target import Reader, Target
from core.ocpp.testing import try_out
from core.ocpp.topic import Topic
from core.ocpp.waits import Waits

__all__ = ["make_link", "try_out"]


def make_link(
    desk: Desk,
    topics: Sequence[Topic],
    settings: Reader,
    clock: Clock,
    waits: Waits,
    linked: Linked,
    seen: Seen,
    attention: asyncio.Event,
    *,
    begins: Callable[[Target], None],
    said: Callable[[], None],
) -> Link:
    """The link with all that is said and answered over it; `topics` in the order of their urgency."""
    speaking = Speaking(
        desk.booting,
        topics,
        attention,
        said=said,
        heard_at=lambda: linked.heard_at or 0.0,
        patience=lambda: settings.number("supervision.message_timeout"),
    )
    return Link(settings, clock, waits, linked, desk.booting, speaking, answering(desk), seen, begins=begins)
