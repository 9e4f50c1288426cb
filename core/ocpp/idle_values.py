"""Meter values at the full intervals of the clock, of charge points at which nothing charges."""

from __future__ import annotations

from collections import deque

from core.clock import Clock
from core.ocpp.configuration import Configuration
from core.ocpp.facts_told import VALUES
from core.ocpp.frames import Payload
from core.ocpp.measurands import CONTEXTS, meter_value, shown_now
from core.ocpp.topic import Saying
from core.serving import Serving
from core.transactions.sampling import next_aligned

MEASURANDS, INTERVAL = "MeterValuesAlignedData", "ClockAlignedDataInterval"


class IdleValues:
    """Those of a charge are told with it; these belong to none, and what a lost link misses is not told."""

    def __init__(self, charging: Serving, configuration: Configuration, clock: Clock) -> None:
        self._charging = charging
        self._configuration = configuration
        self._clock = clock
        self._followed = 0
        self._due_at = 0.0
        self._waiting: deque[Payload] = deque()

    async def next(self, *, accepted: bool) -> Saying | None:
        self._look()
        if not accepted:
            self._waiting.clear()
        if not self._waiting:
            return None
        return Saying(action=VALUES, payload=self._waiting[0], answered=self._said, failed=self._said)

    async def _said(self, _: object) -> None:
        self._waiting.popleft()

    def _look(self) -> None:
        interval, now = self._configuration.number(INTERVAL), self._clock.elapsed()
        if interval and interval == self._followed and now >= self._due_at:
            self._waiting.extend(self._values())
        elif interval == self._followed:
            return
        self._followed = interval
        self._due_at = next_aligned(self._clock.now(), interval, now) or 0.0

    def _values(self) -> list[Payload]:
        measurands, time = self._configuration.words(MEASURANDS), self._clock.now()
        found = [
            (each.point, meter_value(shown_now(each, time), measurands, CONTEXTS["clock"]))
            for each in self._charging.charge_points()
            if each.session is None
        ]
        return [{"connectorId": point, "meterValue": [value]} for point, value in found if value is not None]
