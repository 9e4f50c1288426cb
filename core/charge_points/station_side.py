"""The charge points of a station on one supply, walked from change to change through time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec

from core.charge_points.bookings import booked_points, in_force
from core.charge_points.metering import LOADED_AMPERES
from core.charge_points.point import ChargePoint
from core.energy.allocation import Claim, Priority
from core.energy.balancing import Balancing, Share
from core.energy.limits import limits_of, offered_current
from core.energy.usage import Usage
from core.settings.operating_current import smallest_current
from core.values.outside import Booking
from core.values.status import Limit

ROUNDS = 20
"""Vehicle and station answer each other at one moment in three or four rounds; more is a fault of a board."""


class StationSide:
    """All charge points of a station, on a supply of so many A per phase.

    `bookings` keep charge points for somebody until they run out or are used. `limits` and `shares` by charge
    point are what holds at this moment; without load balancing nobody has a share. Between two changes every
    power is constant, so that a walk over hours is as exact as one over seconds.
    """

    def __init__(
        self,
        points: Sequence[ChargePoint],
        *,
        supply_current: float,
        at: float,
        wall: Callable[[float], datetime],
    ) -> None:
        self.points = tuple(points)
        self._wall = wall
        self.limits: dict[int, tuple[Limit, ...]] = {}
        self.shares: Mapping[int, Share] = {}
        self.at = at
        self.priority: Priority = "charge_duration"
        self._balancing = Balancing(supply_current)
        for point in points:
            lines = frozenset(point.rules.lines)
            self._balancing.unheard(point.number, current=point.rules.rated, lines=lines, at=at)
        self._usage: dict[int, Usage] = {}
        self.bookings: tuple[Booking, ...] = ()
        self._is_limited = False

    def limit_supply(self, current: float | None) -> None:
        """An external system allows all charge points together so many A per phase; None: the whole supply.

        Less than the whole is shared, also where load balancing is off.
        """
        self._is_limited = current is not None
        self._balancing.limit(current)

    def advance_to(self, at: float) -> None:
        """Let time pass up to an elapsed time, through every change on the way."""
        while (coming := self._next_change()) is not None and coming <= at:
            self.at = coming
            self.settle()
        self.at = max(at, self.at)
        self.settle()

    def _next_change(self) -> float | None:
        coming = [point.next_change(self.at) for point in self.points]
        now = self._wall(self.at)
        coming += [self.at + (booking.until - now).total_seconds() for booking in self.bookings]
        if self._shared:
            coming.append(self._balancing.next_change())
            coming += [usage.next_change() for usage in self._usage.values()]
        return min((moment for moment in coming if moment is not None and moment > self.at), default=None)

    @property
    def _shared(self) -> bool:
        """The supply is shared between the charge points."""
        return self._is_limited or any(point.rules.balancing for point in self.points)

    def settle(self) -> None:
        """Let boards and station answer each other until nothing changes at this moment."""
        self.bookings = in_force(self.bookings, self._wall(self.at))
        for _ in range(ROUNDS):
            for point in self.points:
                self._keep()
                self._observe(point)
            offers = self._offers()
            changed = False
            # Lower offers come first, so that the supply is not exceeded even for a moment.
            for point in sorted(self.points, key=lambda each: offers[each.number] - each.offered):
                changed |= point.apply(offers[point.number], self.at)
            if not changed:
                break

    def _keep(self) -> None:
        """Tell every charge point for whom it is kept."""
        free = {point.number for point in self.points if point.is_free}
        kept = booked_points(self.bookings, free) if self.bookings else {}
        for point in self.points:
            point.booking = kept.get(point.number)

    def _observe(self, point: ChargePoint) -> None:
        grant = point.grant
        point.observe(self.at)
        if grant is not None and point.session is not None:
            if point.session.began == self.at:
                self.bookings = tuple(each for each in self.bookings if each != grant.booking)
            for other in self.points:
                if other is not point and other.grant is grant:
                    other.grant = None
        self._reserve(point)

    def _reserve(self, point: ChargePoint) -> None:
        """Tell the balancing what may be drawn here; at first a board that is back goes on as it was."""
        if point.readings is None:
            self._balancing.silent(point.number)
        elif point.offer is not None:
            closed = point.readings.contactor_closed is not False
            # A board that may not have heard of less yet can close its contactor on more.
            is_unsure = (point.readings.believed or 0.0) > point.offered
            self._balancing.told(
                point.number,
                current=point.offered or (_drawn_without_offer(point) if closed else 0.0),
                lines=point.lines,
                closed=closed or is_unsure,
                at=self.at,
            )

    def _claim(self, point: ChargePoint) -> Claim | None:
        if point.session is None or point.held_back is not None or point.is_blocked:
            return None
        maximum = offered_current(limits_of(point.limit_inputs()))
        if maximum <= 0:
            return None
        return Claim(
            point=point.number,
            lines=point.lines,
            minimum=min(smallest_current(point.phases, balancing=True), maximum),
            maximum=maximum,
            started=point.session.began,
            energy_wh=point.session.energy_wh(point.meter.at(self.at)),
        )

    def _using(self, point: ChargePoint, claim: Claim) -> Claim:
        """The claim with what is known of how much the vehicle uses."""
        before = self._usage.get(point.number, Usage())
        usage = before.seen(drawn=point.drawn, offered=point.offered, minimum=claim.minimum, at=self.at)
        self._usage[point.number] = usage
        return msgspec.structs.replace(claim, usable=usage.usable)

    def _offers(self) -> Mapping[int, float]:
        """The current to offer at every point; also sets what `limits` and `shares` show."""
        claims = {point: claim for point in self.points if (claim := self._claim(point)) is not None}
        self._usage = {point.number: usage for point in claims if (usage := self._usage.get(point.number))}
        self.shares = {}
        if self._shared:
            using = [self._using(point, claim) for point, claim in claims.items()]
            self.shares = self._balancing.shares(using, self.priority, self.at)
        for point in self.points:
            share = self.shares.get(point.number)
            inputs = point.limit_inputs(None if share is None else share.current)
            self.limits[point.number] = limits_of(inputs)
        return {
            point.number: offered_current(self.limits[point.number]) if point in claims else 0.0
            for point in self.points
        }


def _drawn_without_offer(point: ChargePoint) -> float:
    """A that flows though nothing is offered; what the charge point itself takes does not count."""
    return point.drawn if point.drawn is not None and point.drawn >= LOADED_AMPERES else 0.0
