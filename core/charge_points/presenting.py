"""Where a badge goes that was presented to a reader which may serve two charge points."""

from __future__ import annotations

from collections.abc import Sequence

from core.charge_points.authorisation import Decision, decide
from core.charge_points.grant import GRANT_SECONDS, Grant
from core.charge_points.outlet import LastChargeStatus, OutletError
from core.charge_points.point import ChargePoint
from core.charge_points.session import StopReason
from core.values.badges import Badge, Signal


def present(
    points: Sequence[ChargePoint],
    uid: str,
    badge: Badge | None,
    at: float,
    *,
    remembered: bool = False,
) -> Signal | None:
    """A badge was presented; `points` are those that it may mean, `badge` its entry in the register.

    `remembered`: the supervision accepted it before. Returns what the reader makes heard, if anything.

    It stops its own charge. Otherwise it serves the point that has been plugged in without leave, or else
    every free one, until somebody plugs in. An administrator's badge stops every charge among `points`,
    and charges nowhere.
    """
    decision = decide(points[0].rules.authorisation, badge, remembered=remembered)
    charging = [point for point in points if point.session is not None]
    own = [point for point in charging if point.session is not None and point.session.uid == uid]
    if decision is Decision.ADMINISTRATOR:
        for point in charging:
            point.stop(at, StopReason.ADMIN_BADGE)
        return "accepted" if charging else "refused"
    if decision in {Decision.IGNORED, Decision.ASK}:
        return None
    if own:
        own[0].stop(at, StopReason.BADGE)
        return "accepted"
    if decision is Decision.UNKNOWN:
        return _refuse(points, OutletError.BADGE_UNKNOWN)
    return _let_charge(points, uid, badge, at)


def _let_charge(points: Sequence[ChargePoint], uid: str, badge: Badge | None, at: float) -> Signal:
    free = [point for point in points if point.session is None and not point.locked_by_key]
    if not free:
        return _refuse(points, OutletError.BADGE_NOT_CURRENT_USER)
    waiting = sorted((point for point in free if point.vehicle), key=lambda point: point.plugged_at)
    grant = Grant(uid=uid, comment=badge.comment if badge else "", until=at + GRANT_SECONDS)
    for point in waiting[:1] or free:
        point.grant = grant
    return "accepted"


def _refuse(points: Sequence[ChargePoint], error: OutletError) -> Signal:
    for point in points:
        if error is OutletError.BADGE_UNKNOWN and point.session is not None and len(points) > 1:
            continue
        point.last_error = error
    return "refused"


def command(point: ChargePoint, order: str, at: float) -> None:
    """A command from outside: `start` gives leave, `stop` ends the charge."""
    if order == "stop":
        point.grant = None
        point.stop(at, StopReason.REMOTE, LastChargeStatus.CANCELLED)
    elif point.session is None:
        point.grant = Grant(uid="", comment="", until=at + GRANT_SECONDS)


def press_button(point: ChargePoint, at: float) -> None:
    """The front button stops a charge, and starts the one again that was stopped while its vehicle stays."""
    if not point.rules.push_button:
        return
    if point.session is not None:
        point.stop(at, StopReason.PUSH_BUTTON)
    elif point.stopped is not None and point.vehicle:
        stopped = point.stopped
        point.grant = Grant(uid=stopped.uid, comment=stopped.comment, until=at + GRANT_SECONDS)
