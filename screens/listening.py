"""The station's facts, brought to the app as messages."""

from __future__ import annotations

from textual.message import Message
from textual.message_pump import MessagePump

from core.api import Station
from core.errors import StationError
from core.events import AnyEvent


class Announced(Message):
    """The station announced a fact."""

    def __init__(self, fact: AnyEvent) -> None:
        self.fact = fact
        super().__init__()


class LinkEnded(Message):
    """No more facts will come: the session or the link has ended."""


async def listen(station: Station, listener: MessagePump) -> None:
    """Post every fact to `listener` until the session or the link ends."""
    try:
        async for fact in station.events():
            listener.post_message(Announced(fact))
    except StationError:
        pass
    listener.post_message(LinkEnded())
