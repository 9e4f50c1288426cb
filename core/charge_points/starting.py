"""Whether a charge can be started from outside, and if not, why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from core.charge_points.bookings import booking_of
from core.charge_points.point import ChargePoint
from core.values.outside import Booking, Outsider

Obstacle = Literal["occupied", "unavailable", "faulted", "booked"]
Hindrance = Literal["occupied", "unavailable", "faulted"]
_ORDER: tuple[Obstacle, ...] = ("booked", "occupied", "faulted", "unavailable")


def why_not_started(
    points: Sequence[ChargePoint],
    uid: str,
    parent: str,
    bookings: Sequence[Booking],
    by: Outsider,
) -> Obstacle | None:
    """What stands in the way at all of these charge points, the least of it; None: nothing at one of them."""
    found = [obstacle(point, uid, parent, bookings, by) for point in points]
    if None in found:
        return None
    return min((each for each in found if each is not None), key=_ORDER.index)


def obstacle(
    point: ChargePoint, uid: str, parent: str, bookings: Sequence[Booking], by: Outsider
) -> Obstacle | None:
    """What stands in the way of a charge for this id tag at a charge point."""
    if not point.in_service or point.orders.out_of_service:
        return "unavailable"
    if point.is_blocked:
        return "faulted"
    if point.session is not None:
        return "occupied"
    kept = point.booking
    if kept is None or (not kept.uid and kept.origin == by):
        return None
    return "booked" if booking_of(bookings, point.number, uid, parent) is None else None


def not_bookable(point: ChargePoint) -> Hindrance | None:
    """What stands in the way of keeping a charge point for somebody, other bookings aside."""
    if not point.in_service or point.orders.out_of_service:
        return "unavailable"
    if point.is_blocked:
        return "faulted"
    return "occupied" if point.session is not None or point.grant is not None or point.vehicle else None


def least_of(hindrances: Collection[Hindrance | None]) -> Hindrance:
    """Why none of several charge points can be kept: what passes soonest."""
    found: Sequence[Hindrance] = ("occupied", "faulted", "unavailable")
    return next((each for each in found if each in hindrances), "occupied")
