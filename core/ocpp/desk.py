"""What of the station an order of the central system can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.ocpp.asked_values import AskedValues
from core.ocpp.authorising import Authorising
from core.ocpp.booting import Booting
from core.ocpp.configuration import Configuration
from core.ocpp.delivering import Delivering
from core.ocpp.frames import Payload
from core.ocpp.heartbeats import Heartbeats
from core.ocpp.idle_values import IdleValues
from core.ocpp.local_list import LocalList
from core.ocpp.promised import PromisedProfiles
from core.ocpp.resetting import Resetting
from core.ocpp.security.events import SecurityEvents
from core.ocpp.security.signing import Signing
from core.ocpp.security.trial import Trial
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.statuses import Statuses
from core.ocpp.topic import Topic
from core.ocpp.transfers.updating import Updating
from core.ocpp.transfers.uploads import Uploads
from core.serving import Serving


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`points`: how many charge points the station has. `attention`: there may be something to say.

    `now` is the wall clock; `boot` says who the station is.
    """

    points: int
    boot: Payload
    charging: Serving
    configuration: Configuration
    booting: Booting
    statuses: Statuses
    heartbeats: Heartbeats
    delivering: Delivering
    smart: SmartCharging
    promised: PromisedProfiles
    asking: Authorising
    local_list: LocalList
    resetting: Resetting
    trial: Trial
    signing: Signing
    security_events: SecurityEvents
    uploads: Uploads
    updating: Updating
    values: AskedValues
    idle_values: IdleValues
    now: Callable[[], datetime]
    attention: Callable[[], None]

    async def open(self) -> None:
        """Read what was kept."""
        await self.configuration.open()
        await self.delivering.open()
        await self.updating.open()
        await self.trial.open()
        await self.security_events.open()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What the station says by itself, in the order of urgency."""
        return (
            self.asking,
            self.statuses,
            self.values,
            self.idle_values,
            self.delivering,
            self.security_events,
            self.signing,
            self.updating,
            self.uploads.diagnostics,
            self.uploads.logs,
            self.heartbeats,
        )

    def has_connector(self, number: int) -> bool:
        return 1 <= number <= self.points
