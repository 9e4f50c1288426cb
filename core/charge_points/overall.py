"""The station as a whole, as its charge points make it: state, light, errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.charge_points.point import ChargePoint
from core.faults import FAULTS
from core.values.status import ErrorStatus


def errors_of(points: Iterable[ChargePoint]) -> tuple[ErrorStatus, ...]:
    """Every error that is active, by charge point and number."""
    return tuple(
        ErrorStatus(
            number=number,
            name=FAULTS[number].name,
            point=point.number,
            since=since,
            advice=FAULTS[number].advice,
            tab=FAULTS[number].tab,
            sub_tab=FAULTS[number].sub_tab,
            cause=point.causes.get(number, ""),
        )
        for point in points
        for number, since in point.errors.items()
    )


def state_of(points: Sequence[ChargePoint]) -> str:
    """`Unavailable` while out of service, `Fault` while an error stops a charge point, else `Operational`."""
    if points and all(not point.in_service for point in points):
        return "Unavailable"
    return "Fault" if any(point.is_blocked for point in points) else "Operational"


def light_of(points: Sequence[ChargePoint]) -> str:
    """The status light: `off`, `fault`, `charging` or `ready`."""
    states = {"Unavailable": "off", "Fault": "fault"}
    if (state := state_of(points)) in states:
        return states[state]
    return "charging" if any(point.flowing for point in points) else "ready"
