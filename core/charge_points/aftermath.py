"""What comes of the charge points after a moment: records to store, notes to log, news for who watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.audit import Note
from core.charge_points.notes import Noted, booking_note, changes, noted
from core.charge_points.point import ChargePoint
from core.charge_points.session import StopReason
from core.charge_points.station_side import StationSide
from core.transactions.facts import AnyFact
from core.values.outside import Booking
from core.values.records import ChargeRecord

CHECKPOINT_SECONDS = 30.0
"""s of station time; an open session is stored at least as often."""


class Aftermath:
    """Remembers what was stored, shown and logged last."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[object, float]] = {}
        self._shown: object = None
        self._noted: dict[int, Noted] = {}
        self._booked: tuple[Booking, ...] = ()

    def records(
        self, points: Sequence[ChargePoint], at: float
    ) -> tuple[list[ChargeRecord], list[ChargeRecord]]:
        """Records that were finished, which are taken over, and how far open sessions have come.

        An open session comes with every change of its charge, and at least every CHECKPOINT_SECONDS.
        """
        finished: list[ChargeRecord] = []
        under_way: list[ChargeRecord] = []
        for point in points:
            finished += point.finished
            point.finished = []
            record = point.record(at, StopReason.POWER_LOSS)
            if record is None:
                self._kept.pop(point.number, None)
                continue
            state = (record.transaction_id, point.offer, point.ev)
            state_before, since = self._kept.get(point.number, (None, 0.0))
            if state != state_before or at >= since + CHECKPOINT_SECONDS:
                self._kept[point.number] = (state, at)
                under_way.append(record)
        return finished, under_way

    def facts(self, points: Sequence[ChargePoint]) -> list[AnyFact]:
        """What the supervision is to be told, in the order in which it happened; taken over."""
        found = [told for point in points for told in point.facts]
        for point in points:
            point.facts = []
        return [fact for _, fact in sorted(found, key=lambda told: told[0])]

    def is_news(self, points: Sequence[ChargePoint], at: float) -> bool:
        """Something is to be seen that was not there the last time, or energy flows."""
        shown = tuple(_shown(point, at) for point in points)
        is_new, self._shown = shown != self._shown, shown
        return is_new or any(point.flowing for point in points)

    def notes(self, side: StationSide) -> Iterator[Note]:
        """What has changed since the last time and belongs into the log."""
        for point in side.points:
            now = noted(point, side.limits[point.number], side.shares.get(point.number))
            yield from changes(point.number, self._noted.get(point.number, Noted()), now)
            self._noted[point.number] = now
        for booking in self._booked:
            if booking not in side.bookings:
                yield booking_note("booking_ended", booking)
        self._booked = side.bookings


def _shown(point: ChargePoint, at: float) -> object:
    readings = point.readings
    return (
        point.ev,
        point.offer,
        point.last_error,
        point.last_charge,
        point.grant is None,
        point.orders,
        point.booking,
        point.in_service,
        tuple(point.errors),
        point.meter.is_metered,
        round(point.meter.at(at)),
        None if point.session is None else point.session.shown_id,
        None if readings is None else (readings.current, readings.proximity, readings.inputs),
    )
