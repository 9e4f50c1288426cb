"""Which errors stop a charge, and what a charge that they stop leaves behind."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from core.charge_points.outlet import LastChargeStatus, OutletError


class Mark(msgspec.Struct, frozen=True):
    """What an error leaves behind: the last charge status, and the last error of the outlet."""

    charge: LastChargeStatus
    outlet: OutletError | None = None


STOPS: Mapping[int, Mark] = {
    3: Mark(LastChargeStatus.COMMUNICATION),
    4: Mark(LastChargeStatus.UNLOCKED),
    5: Mark(LastChargeStatus.CONTACTOR_OPEN),
    6: Mark(LastChargeStatus.SURGE_ARRESTOR),
    7: Mark(LastChargeStatus.ANTI_INTRUSION),
    8: Mark(LastChargeStatus.OTHER),
    10: Mark(LastChargeStatus.OTHER),
    11: Mark(LastChargeStatus.CIRCUIT_BREAKER),
    14: Mark(LastChargeStatus.OTHER, OutletError.PLUG_STILL_DETECTED),
    17: Mark(LastChargeStatus.OTHER),
    18: Mark(LastChargeStatus.CABLE_DISCONNECTED),
    19: Mark(LastChargeStatus.EV_DISCONNECTED),
    20: Mark(LastChargeStatus.SHORT_CUT),
    21: Mark(LastChargeStatus.OVERLOAD),
    22: Mark(LastChargeStatus.VENTILATION),
}
"""By error number; no charge begins or goes on while one of these lasts."""

METER_SILENT, WRONG_PHASES = 12, 15
"""Charging goes on without the meter, and with one that is wired otherwise."""

UNPLUG_ERROR, VEHICLE_VANISHED, SHORT_CIRCUIT, OVERLOAD, VENTILATION = 14, 19, 20, 21, 22

HELD: frozenset[int] = frozenset({UNPLUG_ERROR, VEHICLE_VANISHED, SHORT_CIRCUIT, OVERLOAD, VENTILATION})
"""Charge alarms: they last until the vehicle and its cable are gone."""
