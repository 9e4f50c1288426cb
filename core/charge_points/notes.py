"""What of a charge point belongs into the log: its errors, and what decides over its current."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from core.audit import Note
from core.charge_points.outlet import OutletError
from core.charge_points.point import ChargePoint
from core.values.status import Limit


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """What was logged of a charge point last; `limit` is the smallest one of an open charge."""

    errors: frozenset[int] = frozenset()
    outlet: OutletError = OutletError.NONE
    transaction_id: int | None = None
    limit: Limit | None = None


def noted(point: ChargePoint, limits: tuple[Limit, ...]) -> Noted:
    """What there is to log of a charge point now."""
    session = point.session
    return Noted(
        errors=frozenset(point.errors),
        outlet=point.last_error,
        transaction_id=None if session is None else session.transaction_id,
        limit=min(limits, key=lambda limit: limit.current) if session is not None and limits else None,
    )


def changes(number: int, before: Noted, after: Noted) -> Iterator[Note]:
    """A note for every change at charge point `number`."""
    subject = f"charge point {number}"
    for error in sorted(after.errors - before.errors):
        yield Note(kind="event", action="error_raised", subject=subject, new=f"Err #{error}")
    for error in sorted(before.errors - after.errors):
        yield Note(kind="event", action="error_cleared", subject=subject, old=f"Err #{error}")
    if after.outlet != before.outlet:
        yield Note(kind="event", action="outlet_error", subject=subject, new=after.outlet)
    same_charge = after.transaction_id is not None and after.transaction_id == before.transaction_id
    if same_charge and after.limit != before.limit:
        yield Note(
            kind="event",
            action="limit_changed",
            subject=subject,
            old=_words(before.limit),
            new=_words(after.limit),
        )


def _words(limit: Limit | None) -> str | None:
    return None if limit is None else f"{limit.current:g} A ({limit.source})"
