"""What of a charge point belongs into the log: its errors, and what decides over its current."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from core.audit import Note
from core.charge_points.deciding import smallest, standing, why, why_postponed
from core.charge_points.outlet import OutletError
from core.charge_points.point import ChargePoint
from core.energy.balancing import Share
from core.values.outside import Booking
from core.values.status import Limit


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """What was logged of a charge point last.

    `causes` of the errors in words.
    `limit` is the one that decides over an open charge and `why` it does; `standing` the one of its settings
    alone; `postponed`: which input holds the charge back.
    """

    errors: frozenset[int] = frozenset()
    causes: Mapping[int, str] = {}
    outlet: OutletError = OutletError.NONE
    transaction_id: int | None = None
    limit: Limit | None = None
    standing: Limit | None = None
    why: str = ""
    postponed: str | None = None


def noted(point: ChargePoint, limits: tuple[Limit, ...], share: Share | None) -> Noted:
    """What there is to log of a charge point now."""
    session = point.session
    limit = None if session is None else smallest(limits)
    return Noted(
        errors=frozenset(point.errors),
        causes=point.causes,
        outlet=point.last_error,
        transaction_id=None if session is None else session.transaction_id,
        limit=limit,
        standing=standing(limits),
        why="" if limit is None else why(point, limit, share),
        postponed=why_postponed(point),
    )


def changes(number: int, before: Noted, after: Noted) -> Iterator[Note]:
    """A note for every change at charge point `number`."""
    subject = f"charge point {number}"
    for error in sorted(after.errors - before.errors):
        yield Note(
            kind="event",
            action="error_raised",
            subject=subject,
            new=f"Err #{error}",
            text=after.causes.get(error, ""),
        )
    for error in sorted(before.errors - after.errors):
        yield Note(kind="event", action="error_cleared", subject=subject, old=f"Err #{error}")
    if after.outlet != before.outlet:
        yield Note(kind="event", action="outlet_error", subject=subject, new=after.outlet)
    if after.transaction_id is not None:
        yield from _current_changes(subject, before, after)


def booking_note(action: str, booking: Booking, outcome: str | None = None) -> Note:
    """What is logged of a booking; for whom it is stays out of the log."""
    return Note(
        kind="event",
        action=action,
        origin=booking.origin,
        subject="station" if booking.point is None else f"charge point {booking.point}",
        new=outcome,
        text=f"number {booking.number} until {booking.until.isoformat()}",
    )


def _current_changes(subject: str, before: Noted, after: Noted) -> Iterator[Note]:
    """What has changed over the current of a charge; a new one starts from the limit of its settings."""
    is_same = after.transaction_id == before.transaction_id
    limit_before = before.limit if is_same else after.standing
    if after.limit != limit_before:
        yield Note(
            kind="event",
            action="limit_changed",
            subject=subject,
            old=_words(limit_before),
            new=_words(after.limit),
            text=after.why,
        )
    postponed_before = before.postponed if is_same else None
    if after.postponed is not None and after.postponed != postponed_before:
        yield Note(kind="event", action="charge_postponed", subject=subject, text=after.postponed)
    elif after.postponed is None and postponed_before is not None:
        yield Note(kind="event", action="charge_resumed", subject=subject)


def _words(limit: Limit | None) -> str | None:
    return None if limit is None else f"{round(limit.current, 2):g} A ({limit.source})"
