"""Which errors a board's readings show at this moment."""

from __future__ import annotations

from core.charge_points.hardware import Offer, Readings
from core.charge_points.rules import PointRules
from core.charge_points.signals import cable_current
from core.charge_points.states import PRESENT, EvState


def errors_now(
    readings: Readings | None, applied: Offer | None, ev: EvState, rules: PointRules
) -> frozenset[int]:
    """The numbers of the errors that these readings show.

    `applied` is what the board was told last; None while it has not been told, so that no feedback can be
    wrong.
    """
    if readings is None:
        return frozenset({3})
    shown = {
        6: not readings.surge_arrestor_ok,
        7: not readings.cover_closed,
        8: readings.built_for is not None and readings.built_for < rules.rated,
        10: rules.flap and not readings.flap_ok,
        11: rules.protection is not None and not rules.protection.active(readings.inputs),
        17: ev in PRESENT and not readings.diode_ok,
        18: readings.proximity is not None and cable_current(readings.proximity) is None,
        20: ev is EvState.E,
    }
    if applied is not None:
        shown[4] = not rules.attached and readings.locked not in {None, applied.locked}
        shown[5] = readings.contactor_closed not in {None, applied.closed}
    return readings.reported | frozenset(number for number, is_there in shown.items() if is_there)


def is_overloaded(drawn: float | None, offered: float) -> bool:
    """A phase carries clearly more A than was offered: 10 % and half an ampere above it."""
    return drawn is not None and drawn > offered * 1.1 + 0.5
