"""Telling the status of every connector when it has changed; what the link misses is never told later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from core.clock import Clock
from core.ocpp.connector_status import ConnectorStatus
from core.ocpp.frames import Payload
from core.ocpp.topic import Saying, written_time

STATUS = "StatusNotification"


class Statuses:
    """What the central system knows of each connector, and what is news.

    `now` gives the status of every connector; `shortest` s that one must last before it is told.
    """

    def __init__(
        self, clock: Clock, now: Callable[[], Mapping[int, ConnectorStatus]], shortest: Callable[[], int]
    ) -> None:
        self._clock = clock
        self._now = now
        self._shortest = shortest
        self._lasting: dict[int, tuple[ConnectorStatus, float, datetime]] = {}
        self._told: dict[int, ConnectorStatus] = {}
        self._asked: set[int] = set()

    def look(self) -> bool:
        """Take in what the connectors are now; True when something may have to be told."""
        news = False
        for connector, status in self._now().items():
            lasting = self._lasting.get(connector)
            if lasting is None or lasting[0] != status:
                self._lasting[connector] = (status, self._clock.elapsed(), self._clock.now())
            news |= self._told.get(connector) != status
        return news

    def anew(self) -> None:
        """A central system that knows nothing of this station."""
        self._told, self._asked = {}, set()

    def ask(self, connector: int | None) -> None:
        """The central system wants to hear of a connector again, or of all (None)."""
        self._asked |= set(self._lasting) if connector is None else {connector}

    async def next(self, *, accepted: bool) -> Saying | None:
        self.look()
        for connector, (status, since, at) in sorted(self._lasting.items()):
            known = self._told.get(connector)
            lasts = known is None or self._clock.elapsed() - since >= self._shortest()
            if connector in self._asked or (accepted and known != status and lasts):
                return self._saying(connector, status, at)
        return None

    def _saying(self, connector: int, status: ConnectorStatus, at: datetime) -> Saying:
        async def told(_: object) -> None:
            """Whether taken or refused: saying it again would be no better."""
            self._asked.discard(connector)
            self._told[connector] = status

        return Saying(action=STATUS, payload=_payload(connector, status, at), answered=told, failed=told)


def _payload(connector: int, status: ConnectorStatus, at: datetime) -> Payload:
    payload = {
        "connectorId": connector,
        "status": status.status,
        "errorCode": status.error_code,
        "timestamp": written_time(at),
    }
    if status.vendor_error_code:
        payload |= {"info": status.info, "vendorErrorCode": status.vendor_error_code}
    return payload
