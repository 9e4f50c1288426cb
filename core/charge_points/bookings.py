"""Charge points that are kept for somebody: which they are, and who may use them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from core.values.outside import Booking


def is_booker(booking: Booking, uid: str, parent: str) -> bool:
    """A badge, or one of its group, may use the booking; small and capital letters are the same."""
    if booking.uid and booking.uid.casefold() == uid.casefold():
        return True
    return bool(booking.parent) and booking.parent.casefold() == parent.casefold()


def in_force(bookings: Iterable[Booking], now: datetime) -> tuple[Booking, ...]:
    """Those that have not run out."""
    return tuple(booking for booking in bookings if now < booking.until)


def booked_points(bookings: Sequence[Booking], free: Collection[int]) -> dict[int, Booking]:
    """Which charge points are kept, and by which booking.

    One for any charge point keeps nothing while other free ones are left; then it keeps the last of them.
    """
    kept = {booking.point: booking for booking in bookings if booking.point is not None}
    for_any = [booking for booking in bookings if booking.point is None]
    left = [number for number in sorted(free) if number not in kept]
    if for_any and len(left) <= len(for_any):
        kept.update(zip(left, for_any, strict=False))
    return kept


def booking_of(bookings: Iterable[Booking], point: int, uid: str, parent: str) -> Booking | None:
    """The booking that this badge uses up by charging at this charge point."""
    own = [each for each in bookings if each.point in {None, point} and is_booker(each, uid, parent)]
    return min(own, key=lambda booking: booking.point is None, default=None)
