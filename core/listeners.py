"""Who listens to the station's facts, and how a slow listener gets the freshest ones."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

import msgspec

from core.events import AnyEvent, SessionEnded, SettingsChanged, StationRestarting

LONGEST_QUEUE = 64
NEVER_LOST = (SessionEnded, StationRestarting)
View = Callable[[AnyEvent], AnyEvent | None]


def as_is(event: AnyEvent) -> AnyEvent | None:
    """Show every event as it is."""
    return event


class Listener(AsyncIterator[AnyEvent]):
    """Events from the moment it was made until it is closed; waiting ones of a kind become one."""

    def __init__(self, *, view: View = as_is, on_close: Callable[[Listener], None] | None = None) -> None:
        self._queue: deque[AnyEvent] = deque()
        self._view = view
        self._arrived = asyncio.Event()
        self._closed = False
        self._on_close = on_close

    def put(self, event: AnyEvent) -> None:
        """Take an event; never waits."""
        seen = self._view(event)
        if seen is None or self._closed:
            return
        self._merge(seen)
        self._arrived.set()

    def close(self) -> None:
        """End the iteration after what is waiting."""
        if self._closed:
            return
        self._closed = True
        self._arrived.set()
        if self._on_close is not None:
            self._on_close(self)

    @property
    def is_closed(self) -> bool:
        return self._closed

    async def aclose(self) -> None:
        """End the iteration now."""
        self._queue.clear()
        self.close()

    async def __anext__(self) -> AnyEvent:
        while not self._queue:
            if self._closed:
                raise StopAsyncIteration
            self._arrived.clear()
            await self._arrived.wait()
        return self._queue.popleft()

    def _merge(self, event: AnyEvent) -> None:
        waiting = next((old for old in self._queue if _says_the_same(old, event)), None)
        if waiting is not None:
            self._queue.remove(waiting)
            if isinstance(event, SettingsChanged) and isinstance(waiting, SettingsChanged):
                event = msgspec.structs.replace(
                    event, keys=tuple(dict.fromkeys((*waiting.keys, *event.keys)))
                )
        self._queue.append(event)
        if len(self._queue) > LONGEST_QUEUE:
            oldest = next((old for old in self._queue if not isinstance(old, NEVER_LOST)), None)
            if oldest is not None:
                self._queue.remove(oldest)


def _says_the_same(old: AnyEvent, new: AnyEvent) -> bool:
    if isinstance(old, SettingsChanged) and isinstance(new, SettingsChanged):
        return (old.session, old.account) == (new.session, new.account)
    return type(old) is type(new)


class Announcer:
    """Hands every fact to everybody who listens; announcing never waits."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._first: Callable[[AnyEvent], None] | None = None

    def tell_first(self, call: Callable[[AnyEvent], None]) -> None:
        """`call` hears every fact before anybody else; it must neither wait nor announce."""
        self._first = call

    def announce(self, event: AnyEvent) -> None:
        if self._first is not None:
            self._first(event)
        for listener in tuple(self._listeners):
            listener.put(event)

    def listen(self, view: View = as_is) -> Listener:
        """Begin to listen now; the listener leaves when it is closed."""
        listener = Listener(view=view, on_close=self._listeners.discard)
        self._listeners.add(listener)
        return listener
