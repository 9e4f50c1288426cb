"""What of the station an order of the central system can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.ocpp.booting import Booting
from core.ocpp.heartbeats import Heartbeats
from core.ocpp.statuses import Statuses


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`points`: how many charge points the station has. `attention`: there may be something to say."""

    points: int
    booting: Booting
    statuses: Statuses
    heartbeats: Heartbeats
    attention: Callable[[], None]
