"""Heartbeats: the station says that it is there when it has said nothing else for a while."""

from __future__ import annotations

from collections.abc import Callable

from core.clock import Clock
from core.ocpp.frames import Payload
from core.ocpp.topic import Saying, read_time

HEARTBEAT = "Heartbeat"


class Heartbeats:
    """`interval` gives s between two (0: none).

    `time_told` hears the central system's time less the station's, s; `refused` that it takes no heartbeat.
    """

    def __init__(
        self,
        clock: Clock,
        interval: Callable[[], int],
        time_told: Callable[[float], None],
        refused: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._interval = interval
        self._time_told = time_told
        self._refused = refused
        self._said_at = 0.0
        self._asked = False

    def said(self) -> None:
        """Something was said and answered: the next heartbeat waits from now."""
        self._said_at = self._clock.elapsed()

    def ask(self) -> None:
        """One is due now."""
        self._asked = True

    async def next(self, *, accepted: bool) -> Saying | None:
        interval = self._interval()
        due = accepted and interval > 0 and self._clock.elapsed() >= self._said_at + interval
        if not (due or self._asked):
            return None
        return Saying(action=HEARTBEAT, payload={}, answered=self._answered, failed=self._failed)

    async def _answered(self, answer: Payload) -> None:
        self._asked = False
        try:
            told = read_time(str(answer["currentTime"]))
        except ValueError:
            return
        self._time_told((told - self._clock.now()).total_seconds())

    async def _failed(self, code: str) -> None:
        self._asked = False
        self._said_at = self._clock.elapsed()
        if code:
            self._refused()
