"""What the settings and the hardware say about one charge point."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from core.charge_points.authorisation import AuthorisationRules
from core.meters.setup import MeterSetup

DOMESTIC = "DOMESTIC"
"""The type of a household socket-outlet (type E) in charge records."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """An input contact; normally open it is active while closed, else while open."""

    name: str
    normally_open: bool = True

    def active(self, inputs: Mapping[str, bool]) -> bool:
        return inputs.get(self.name, False) is self.normally_open


class PointRules(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the life of a charge point follows; currents in A, voltage in V.

    `protection`: its contact is active while breaker and residual current device are closed.
    `condition`: a charge starts only while it is active. `delay`: no charge while it is active.
    `supply`: what the supply of the station carries; None where that is not known.
    `supervised`: an OCPP supervision is told of every charge that begins.
    `wallbox`: counts as balancing whatever is set. `balancing`: the supply is shared.
    """

    authorisation: AuthorisationRules
    rated: float = 32.0
    derated: int = 32
    phases: int = 3
    attached: bool = False
    socket_type: str = "TYPE2"
    station: str = ""
    supply: float | None = None
    supervised: bool = False
    wallbox: bool = False
    balancing: bool = False
    lines: tuple[int, int, int] = (1, 2, 3)
    indoor: bool = True
    cable_may_stay: bool = False
    push_button: bool = False
    key_lock: bool = False
    flap: bool = False
    protection: Contact | None = None
    condition: Contact | None = None
    delay: Contact | None = None
    shedding: Contact | None = None
    shedding_current: int = 0
    limitation: Contact | None = None
    limitation_current: int = 0
    voltage: int = 230
    meter: MeterSetup | None = None

    def measured_as(self, other: PointRules) -> PointRules:
        """These rules with wiring, voltage and meter of `other`: a session is measured in one way."""
        return msgspec.structs.replace(self, lines=other.lines, voltage=other.voltage, meter=other.meter)

    @property
    def smallest_counts(self) -> bool:
        """The higher minimums hold: with load balancing, and always on a wallbox."""
        return self.balancing or self.wallbox
