"""Meter values that the central system asks for at this moment."""

from __future__ import annotations

from collections import deque

from core.clock import Clock
from core.ocpp.configuration import Configuration
from core.ocpp.delivering import Delivering
from core.ocpp.facts_told import VALUES
from core.ocpp.frames import Payload
from core.ocpp.measurands import meter_value, shown_now
from core.ocpp.topic import Saying
from core.serving import Serving


class AskedValues:
    """What the meters of charge points show when somebody asks."""

    def __init__(
        self, charging: Serving, delivering: Delivering, configuration: Configuration, clock: Clock
    ) -> None:
        self._charging = charging
        self._delivering = delivering
        self._configuration = configuration
        self._clock = clock
        self._asked: deque[int] = deque()

    def ask(self, connector: int | None) -> None:
        """Values of a charge point are wanted, or of all (None)."""
        points = [each.point for each in self._charging.charge_points()]
        self._asked.extend(points if not connector else [connector])

    async def next(self, *, accepted: bool) -> Saying | None:  # noqa: ARG002 - what was asked for may be said
        while self._asked:
            payload = self._payload(self._asked[0])
            if payload is not None:
                return Saying(action=VALUES, payload=payload, answered=self._said, failed=self._said)
            self._asked.popleft()
        return None

    async def _said(self, _: object) -> None:
        self._asked.popleft()

    def _payload(self, connector: int) -> Payload | None:
        point = next(each for each in self._charging.charge_points() if each.point == connector)
        measurands = self._configuration.words("MeterValuesSampledData")
        value = meter_value(shown_now(point, self._clock.now()), measurands, "Trigger")
        if value is None:
            return None
        payload = {"connectorId": connector, "meterValue": [value]}
        session = point.session
        central = None if session is None else self._delivering.central_id(session.local_id)
        return payload if central is None else {**payload, "transactionId": central}
