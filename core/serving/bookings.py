"""Charge points kept for somebody on the order of a system outside."""

from __future__ import annotations

from core.charge_points.notes import booking_note
from core.charge_points.starting import least_of, not_bookable
from core.errors import Invalid
from core.serving.gates import id_tag, require
from core.serving.points import ServedPoints
from core.values.outside import Booking, BookingOutcome, CancelOutcome, Outsider


class ServedBookings(ServedPoints):
    """Charge points that can be booked; what is booked outlasts restarts."""

    async def book(self, booking: Booking) -> BookingOutcome:
        """Keep a charge point; one with the same number and origin is replaced.

        Raises Invalid for what is no id tag or has run out, NotFound, NotAllowed.
        """
        require(self._settings, booking.origin)
        id_tag(booking.uid)
        id_tag(booking.parent)
        if booking.until.tzinfo is None or booking.until <= self._clock.now():
            raise Invalid("A booking ends in the future, got {got}", got=booking.until.isoformat())
        if booking.point is not None:
            self._point(booking.point)
        self._catch_up()
        others = tuple(
            each for each in self._side.bookings if not _is_same(each, booking.number, booking.origin)
        )
        taken = {each.point for each in others}
        in_the_way = {
            point.number: "occupied" if point.number in taken else not_bookable(point)
            for point in self._side.points
        }
        free = list(in_the_way.values()).count(None) - sum(each.point is None for each in others)
        wanted = [found for point, found in in_the_way.items() if booking.point in {None, point}]
        outcome: BookingOutcome = "accepted"
        if None in wanted and free > 0:
            self._side.bookings = (*others, booking)
        else:
            outcome = least_of(wanted)
        self._note_booking(booking, outcome)
        await self._settled()
        return outcome

    async def cancel_booking(self, number: int, *, origin: Outsider) -> CancelOutcome:
        """Keep the charge point for nobody any more."""
        require(self._settings, origin)
        self._catch_up()
        found = [each for each in self._side.bookings if _is_same(each, number, origin)]
        self._side.bookings = tuple(each for each in self._side.bookings if each not in found)
        await self._settled()
        return "accepted" if found else "unknown"

    def _note_booking(self, booking: Booking, outcome: str) -> None:
        self._log(booking_note("booked", booking, outcome))


def _is_same(booking: Booking, number: int, origin: Outsider) -> bool:
    return booking.number == number and booking.origin == origin
