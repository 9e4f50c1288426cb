"""What inputs, cable and settings let a charge point want."""

from __future__ import annotations

from core.charge_points.hardware import Readings
from core.charge_points.orders import Orders
from core.charge_points.rules import Contact, PointRules
from core.charge_points.session import Session
from core.charge_points.signals import cable_current
from core.energy.limits import LimitInputs


def holding_input(rules: PointRules, readings: Readings, *, looped: bool) -> str | None:
    """The input that holds the charge back: delayed start at any time, the condition before the charge."""
    if rules.delay is not None and rules.delay.active(readings.inputs):
        return rules.delay.name
    if rules.condition is not None and not looped and not rules.condition.active(readings.inputs):
        return rules.condition.name
    return None


SUSPENDED, POSTPONED, BARRED = "suspended", "postponed", "barred"
"""What holds a charge back other than an input: orders from outside, and a badge that was refused later."""


def holding_back(rules: PointRules, readings: Readings, session: Session, orders: Orders) -> str | None:
    """What holds the open charge back: a word above, or the name of an input."""
    if session.barred:
        return BARRED
    if orders.suspended:
        return SUSPENDED
    if orders.postponed:
        return POSTPONED
    return holding_input(rules, readings, looped=session.looped)


def limit_inputs(
    rules: PointRules,
    readings: Readings | None,
    phases: int,
    *,
    outside: float | None,
    share: float | None,
) -> LimitInputs:
    """What the limits of a charge point follow from.

    `outside`: A that an external system allows, `share` of the supply in A; None where there is none.
    """
    ohm = None if readings is None else readings.proximity
    return LimitInputs(
        rated=rules.rated,
        supply=None if rules.balancing else rules.supply,
        derated=rules.derated,
        phases=phases,
        balancing=rules.smallest_counts,
        cable=None if ohm is None else cable_current(ohm),
        board=None if readings is None else readings.most,
        load_shedding=rules.shedding_current if _is_active(rules.shedding, readings) else None,
        temporary=rules.limitation_current if _is_active(rules.limitation, readings) else None,
        external=outside,
        share=share,
    )


def _is_active(contact: Contact | None, readings: Readings | None) -> bool:
    return contact is not None and readings is not None and contact.active(readings.inputs)
