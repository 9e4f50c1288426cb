"""The leave to charge that somebody was given."""

from __future__ import annotations

import msgspec

from core.charge_points.bookings import is_booker
from core.values.outside import Booking, Outsider


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Leave to charge until an elapsed time.

    `uid` is empty after a remote command for nobody, `parent` is the group of the badge, `booking` what it
    uses up. `vip`: by a VIP badge. `by` is the system outside that gave it, if one did.
    """

    uid: str
    comment: str
    until: float
    parent: str = ""
    vip: bool = False
    booking: Booking | None = None
    by: Outsider | None = None


NOBODY = Grant(uid="", comment="", until=0.0)
"""Who charges where everybody may."""


def may_use(booking: Booking | None, grant: Grant | None) -> bool:
    """A charge point that is booked may serve whom this leave was given to; None: whoever plugs in."""
    if booking is None:
        return True
    if grant is None:
        return False
    return is_booker(booking, grant.uid, grant.parent) or (not booking.uid and grant.by == booking.origin)
