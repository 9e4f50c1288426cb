"""Hands keys to an app one by one, each after all that the one before has set going.

Textual lets a key bubble from queue to queue until somebody knows it, while the next one may be typed into a
field already: typed ahead or sent in one piece, a backspace would come after the digit that follows it,
and a word after `/` would get lost before the dialog is there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.message_pump import MessagePump

from console.terminal.keys import KeyPress

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import Worker

MOST_WAITING: Final = 1024
"""Keys that wait at most; what is typed beyond is lost, as at a keyboard that is full."""
OPENING_GROUPS: Final = frozenset({"page", "door"})
"""Groups of workers that change what is in front of the person."""
ASKING_GROUP: Final = "asking"
"""The group of workers that put a dialog in front of the person, often after asking the station."""
_ROUNDS: Final = 2
"""From the focus up to the app: the key first, then the message that its action has posted."""
_POLL_S: Final = 0.01
_PATIENCE_S: Final = 3.0
"""Seconds after which the next key goes out whatever the one before is still doing."""


class KeyQueue:
    """The keys that wait for an app; runs in the app's own loop."""

    def __init__(self, app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._keys: deque[KeyPress] = deque()
        self._turn = 0
        self._is_busy = False
        self._asking: frozenset[Worker[Any]] = frozenset()

    def put(self, keys: Iterable[KeyPress]) -> None:
        """Take keys in the order in which they were typed."""
        self._keys.extend(keys)
        while len(self._keys) > MOST_WAITING:
            self._keys.pop()
        self._next()

    def _next(self) -> None:
        stack = self._app.screen_stack
        if self._is_busy or not self._keys or not stack:
            return
        self._is_busy = True
        self._turn += 1
        turn, screen = self._turn, stack[-1]
        # Whoever has a dialog before them may answer it: its worker goes on, and may bring another.
        self._asking = self._askers() if len(stack) == 1 else frozenset()
        key = self._keys.popleft()
        self._app.post_message(events.Key(key.name, key.character))
        self._app.call_later(self._follow, turn, screen, None, _ROUNDS)
        self._loop.call_later(_PATIENCE_S, self._done, turn)

    def _follow(self, turn: int, screen: MessagePump, node: MessagePump | None, rounds: int) -> None:
        """Go where the key goes: into the focused widget's queue, then up from parent to parent."""
        if node is None or (node is self._app and rounds):
            node, rounds = self._app.focused or self._app.screen, rounds - 1
        elif node is self._app:
            # A worker that the key has started begins with the loop's next turn.
            self._loop.call_soon(self._loop.call_soon, self._settle, turn, screen)
            return
        else:
            node = node._parent or self._app  # noqa: SLF001 - the way that Textual's own bubbling takes
        # What an earlier key has closed takes no calls any more; its parent does.
        while not node.call_later(self._follow, turn, screen, node, rounds) and node is not self._app:
            node = node._parent or self._app  # noqa: SLF001 - as above

    def _settle(self, turn: int, screen: MessagePump) -> None:
        stack = self._app.screen_stack
        if turn != self._turn or not stack:
            return
        if self._is_opening() or (len(stack) == 1 and self._askers() - self._asking):
            self._loop.call_later(_POLL_S, self._settle, turn, screen)
        elif stack[-1] is not screen:
            stack[-1].call_after_refresh(self._done, turn)
        else:
            self._done(turn)

    def _is_opening(self) -> bool:
        return any(worker.group in OPENING_GROUPS and worker.is_running for worker in self._app.workers)

    def _askers(self) -> frozenset[Worker[Any]]:
        return frozenset(w for w in self._app.workers if w.group == ASKING_GROUP and w.is_running)

    def _done(self, turn: int) -> None:
        if turn == self._turn and self._is_busy:
            self._is_busy = False
            self._next()
