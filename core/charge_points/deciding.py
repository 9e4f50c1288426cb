"""Which limit decides over the current of a charge, and why, in words for the log."""

from __future__ import annotations

from core.charge_points.point import ChargePoint
from core.charge_points.wants import BARRED, POSTPONED, SUSPENDED
from core.energy.balancing import Share
from core.settings.operating_current import smallest_current
from core.values.status import Limit

STANDING = frozenset({"rated", "derated", "supply"})
"""Limits that a charge begins with on any other day too."""

ORDERED = {
    SUSPENDED: "suspended by the building management",
    POSTPONED: "postponed by the building management",
    BARRED: "the supervision refuses its badge",
}
"""What holds a charge back, other than inputs."""


def smallest(limits: tuple[Limit, ...]) -> Limit | None:
    """The limit that decides; of equal ones the first that Live status shows."""
    return min(limits, key=lambda limit: limit.current, default=None)


def standing(limits: tuple[Limit, ...]) -> Limit | None:
    """The limit that would decide if nothing but the settings of the socket-outlet counted."""
    return smallest(tuple(limit for limit in limits if limit.source in STANDING))


def why(point: ChargePoint, limit: Limit, share: Share | None) -> str:
    """What this limit comes from."""
    rules = point.rules
    if limit.source == "derated":
        return _set_point("derated current", rules.derated, point)
    if limit.source == "load_shedding_input":
        name = "" if rules.shedding is None else rules.shedding.name
        return f"{name} asks for load shedding, {_set_point('set point', rules.shedding_current, point)}"
    if limit.source == "temporary_limit":
        return f"current_limit is active, {_set_point('set point', rules.limitation_current, point)}"
    if limit.source == "external":
        return "" if point.outside is None else f"set by {point.outside.origin}"
    if limit.source == "balancing":
        return "" if share is None else share.why
    return {
        "rated": "what the socket-outlet is built for",
        "supply": "what the supply of the station carries",
        "cable": "what the cable carries",
        "board": "what the board is set to",
    }[limit.source]


def why_postponed(point: ChargePoint) -> str | None:
    """What holds the charge back; None where nothing does."""
    what = point.held_back
    return None if what is None else ORDERED.get(what, f"{what} holds the charge back")


def reason_of(point: ChargePoint, limits: tuple[Limit, ...], share: Share | None) -> str:
    """Why no more current is offered: what holds the charge back, else what the smallest limit comes from."""
    limit = smallest(limits)
    return why_postponed(point) or ("" if limit is None else why(point, limit, share))


def _set_point(name: str, current: int, point: ChargePoint) -> str:
    least = smallest_current(point.phases, point.rules.smallest_counts)
    if current >= least:
        return f"{name} {current} A"
    phases = "three-phase" if point.phases == 3 else "single-phase"
    return f"{name} {current} A, below {least} A nothing charges {phases}"
