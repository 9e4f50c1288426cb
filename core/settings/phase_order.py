"""How the phases of a charge point are wired: network, contactor and power meter."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

Order = tuple[int, int, int]
"""The network phases on the terminals 1, 2 and 3."""


class PhaseOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Network phases on the meter's inputs and on the contactor's terminals."""

    meter: Order
    contactor: Order

    @property
    def words(self) -> str:
        """Both orders for a screen."""
        return f"Meter {_words(self.meter)}, contactor {_words(self.contactor)}"


def _words(order: Order) -> str:
    return " ".join(f"L{phase}" for phase in order)


STRAIGHT: Order = (1, 2, 3)
FROM_3: Order = (3, 1, 2)
FROM_2: Order = (2, 3, 1)

PHASE_ORDERS: Mapping[str, PhaseOrder] = {
    "meter_123_contactor_123": PhaseOrder(meter=STRAIGHT, contactor=STRAIGHT),
    "meter_312_contactor_312": PhaseOrder(meter=FROM_3, contactor=FROM_3),
    "meter_123_contactor_312": PhaseOrder(meter=STRAIGHT, contactor=FROM_3),
    "meter_312_contactor_231": PhaseOrder(meter=FROM_3, contactor=FROM_2),
    "meter_123_contactor_231": PhaseOrder(meter=STRAIGHT, contactor=FROM_2),
}
"""By the value of `meter.N.phases`; a single-phase charge loads the contactor's first phase."""
