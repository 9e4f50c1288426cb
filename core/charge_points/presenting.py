"""Where a badge goes that was presented to a reader which may serve two charge points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from core.badges.verdict import Verdict
from core.charge_points.authorisation import Decision, decide
from core.charge_points.bookings import booking_of
from core.charge_points.grant import Grant, may_use
from core.charge_points.outlet import OutletError
from core.charge_points.point import ChargePoint
from core.charge_points.session import StopReason
from core.values.badges import Badge, Signal
from core.values.outside import Booking, Outsider

Presented = Signal | Literal["ask"] | None
"""What the reader makes heard; `ask`: nothing yet, the supervision has to be asked."""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Whose badge it is: its entry in the register, and what is known of it from the supervision."""

    uid: str
    badge: Badge | None = None
    known: Verdict | None = None

    @property
    def comment(self) -> str:
        return "" if self.badge is None else self.badge.comment

    @property
    def parent(self) -> str:
        return "" if self.known is None else self.known.parent


def present(
    points: Sequence[ChargePoint],
    holder: Holder,
    at: float,
    *,
    linked: bool = False,
    bookings: Sequence[Booking] = (),
) -> Presented:
    """A badge was presented; `points` are those that it may mean. `linked`: the supervision can be asked.

    It stops its own charge. Otherwise it serves the point that has been plugged in without leave, or else
    every free one, until somebody plugs in. An administrator's badge stops every charge among `points`,
    and charges nowhere.
    """
    known = holder.known
    decision = decide(
        points[0].rules.authorisation,
        holder.badge,
        linked=linked,
        remembered=known is not None and known.accepts,
        refused=known is not None and not known.accepts,
    )
    charging = [point for point in points if point.session is not None]
    if decision is Decision.ADMINISTRATOR:
        for point in charging:
            point.stop(at, StopReason.ADMIN_BADGE, by=holder.uid)
        return "accepted" if charging else "refused"
    if decision is Decision.IGNORED:
        return None
    own = [
        point
        for point in charging
        if point.session is not None and point.session.uid.casefold() == holder.uid.casefold()
    ]
    if own:
        own[0].stop(at, StopReason.BADGE, by=holder.uid)
        return "accepted"
    if decision is Decision.ASK:
        return "ask"
    if decision is Decision.UNKNOWN:
        return _refuse(points, OutletError.BADGE_UNKNOWN)
    return _stop_of_group(points, holder, at) or _let_charge(points, holder, at, bookings)


def answered(
    points: Sequence[ChargePoint],
    holder: Holder,
    at: float,
    bookings: Sequence[Booking] = (),
    *,
    by: Outsider | None = None,
) -> Signal:
    """The supervision has said what `holder.known` is; a charge of the same group is stopped."""
    if holder.known is None or not (holder.known.accepts or holder.known.status == "concurrent_tx"):
        return _refuse(points, OutletError.BADGE_UNKNOWN)
    stopped = None if by else _stop_of_group(points, holder, at)
    if stopped is not None:
        return stopped
    if not holder.known.accepts:
        return _refuse(points, OutletError.BADGE_UNKNOWN)
    return _let_charge(points, holder, at, bookings, by=by)


def _stop_of_group(points: Sequence[ChargePoint], holder: Holder, at: float) -> Signal | None:
    if not holder.parent:
        return None
    for point in points:
        if point.session is not None and point.session.parent.casefold() == holder.parent.casefold():
            point.stop(at, StopReason.BADGE, by=holder.uid)
            return "accepted"
    return None


def _let_charge(
    points: Sequence[ChargePoint],
    holder: Holder,
    at: float,
    bookings: Sequence[Booking],
    *,
    by: Outsider | None = None,
) -> Signal:
    free = [point for point in points if point.session is None and point.in_service]
    if not free:
        return _refuse(points, OutletError.BADGE_NOT_CURRENT_USER)
    grants = {point.number: _grant(point, holder, at, bookings, by) for point in free}
    open_to = [point for point in free if may_use(point.booking, grants[point.number])]
    if not open_to:
        return _refuse(free, OutletError.BADGE_NOT_BOOKER)
    waiting = sorted((point for point in open_to if point.vehicle), key=lambda point: point.plugged_at)
    chosen = waiting[:1] or [point for point in open_to if grants[point.number].booking] or open_to
    # One leave for all of them: whoever plugs in first uses it up.
    grant = grants[chosen[0].number]
    for point in chosen:
        point.grant = grant
    return "accepted"


def _grant(
    point: ChargePoint, holder: Holder, at: float, bookings: Sequence[Booking], by: Outsider | None
) -> Grant:
    booking = booking_of(bookings, point.number, holder.uid, holder.parent)
    kept = point.booking
    if booking is None and kept is not None and not kept.uid and kept.origin == by:
        booking = kept
    return Grant(
        uid=holder.uid,
        comment=holder.comment,
        parent=holder.parent,
        vip=holder.badge is not None and holder.badge.type == "vip",
        until=at + point.supervision.plug_within_s,
        booking=booking,
        by=by,
    )


def _refuse(points: Sequence[ChargePoint], error: OutletError) -> Signal:
    for point in points:
        if error is OutletError.BADGE_UNKNOWN and point.session is not None and len(points) > 1:
            continue
        point.last_error = error
    return "refused"


def press_button(point: ChargePoint, at: float) -> None:
    """The front button stops a charge, and starts the one again that it stopped while its vehicle stays."""
    if not point.rules.push_button:
        return
    if point.session is not None:
        point.stop(at, StopReason.PUSH_BUTTON)
    elif point.stopped is not None and point.stopped_by is StopReason.PUSH_BUTTON and point.vehicle:
        stopped = point.stopped
        point.grant = Grant(
            uid=stopped.uid,
            comment=stopped.comment,
            parent=stopped.parent,
            vip=stopped.vip,
            until=at + point.supervision.plug_within_s,
        )
