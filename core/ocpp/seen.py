"""The last messages that went over the link, by their ids and types, without what they carry."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Literal

from core.clock import Clock
from core.settings.cleaning import harmless
from core.values.supervision import SeenMessage

KEPT = 50


class Seen:
    """The newest of them; `changed` hears of each."""

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._messages: deque[SeenMessage] = deque(maxlen=KEPT)

    def add(
        self,
        way: Literal["out", "in"],
        kind: Literal["call", "result", "error", "malformed"],
        *,
        action: str = "",
        id: str = "",  # noqa: A002 - the protocol's word
        said: str = "",
    ) -> None:
        """Keep a message; `said` is the code of an error, or what is wrong with a malformed one."""
        self._messages.append(
            SeenMessage(
                time=self._clock.now(),
                way=way,
                kind=kind,
                action=harmless(action),
                id=harmless(id),
                said=harmless(said),
            )
        )
        self._changed()

    def newest(self) -> tuple[SeenMessage, ...]:
        """Newest first."""
        return tuple(reversed(self._messages))
