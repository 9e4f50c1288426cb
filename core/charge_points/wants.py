"""What inputs, cable and settings let a charge point want."""

from __future__ import annotations

from core.charge_points.hardware import Readings
from core.charge_points.rules import Contact, PointRules
from core.charge_points.signals import cable_current
from core.energy.limits import LimitInputs


def is_postponed(rules: PointRules, readings: Readings, *, looped: bool) -> bool:
    """An input holds the charge back: delayed start at any time, the condition before the charge."""
    if rules.delay is not None and rules.delay.active(readings.inputs):
        return True
    return rules.condition is not None and not looped and not rules.condition.active(readings.inputs)


def limit_inputs(
    rules: PointRules, readings: Readings | None, phases: int, share: float | None
) -> LimitInputs:
    """What the limits of a charge point follow from; `share` of the supply in A, None if not shared."""
    ohm = None if readings is None else readings.proximity
    return LimitInputs(
        rated=rules.rated,
        derated=rules.derated,
        phases=phases,
        balancing=rules.smallest_counts,
        cable=None if ohm is None else cable_current(ohm),
        load_shedding=rules.shedding_current if _is_active(rules.shedding, readings) else None,
        temporary=rules.limitation_current if _is_active(rules.limitation, readings) else None,
        share=share,
    )


def _is_active(contact: Contact | None, readings: Readings | None) -> bool:
    return contact is not None and readings is not None and contact.active(readings.inputs)
