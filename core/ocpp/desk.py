"""What of the station an order of the central system can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.ocpp.asked_values import AskedValues
from core.ocpp.booting import Booting
from core.ocpp.configuration import Configuration
from core.ocpp.delivering import Delivering
from core.ocpp.heartbeats import Heartbeats
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.statuses import Statuses
from core.serving import Serving

Reset = Literal["soft_reset", "hard_reset"]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`points`: how many charge points the station has. `attention`: there may be something to say.

    `reset` restarts the station once the order for it is answered.
    """

    points: int
    charging: Serving
    configuration: Configuration
    booting: Booting
    statuses: Statuses
    heartbeats: Heartbeats
    delivering: Delivering
    smart: SmartCharging
    values: AskedValues
    now: Callable[[], datetime]
    attention: Callable[[], None]
    reset: Callable[[Reset], None]

    def has_connector(self, number: int) -> bool:
        return 1 <= number <= self.points
