"""The charge points on the station's clock, with their sessions and records in its memory."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from core.audit import Note
from core.cdrs.keeping import Keeping
from core.charge_points import standing
from core.charge_points.aftermath import Aftermath
from core.charge_points.authority import Authority, NoAuthority
from core.charge_points.configured import is_supervised, priority_of, rules_of
from core.charge_points.hardware import Board
from core.charge_points.overall import errors_of, light_of, state_of
from core.charge_points.point import ChargePoint
from core.charge_points.session import StopReason
from core.charge_points.station_side import StationSide
from core.charge_points.view import status_of
from core.clock import Clock
from core.energy.outside import OutsideLimits
from core.errors import NotFound, StorageFull
from core.events import AnyEvent, StatusChanged
from core.meters.meters import Meters
from core.profile import HardwareProfile
from core.serving.gates import EXTERNAL_CONTROL
from core.serving.questions import Questions
from core.serving.sparing import Sparing
from core.settings.reader import SettingsReader
from core.storage import Storage
from core.transactions import table as telling
from core.transactions.sampling import Supervision
from core.transactions.waiting import TransactionFacts
from core.values.badges import Signal
from core.values.outside import Outsider
from core.values.records import ChargeRecord
from core.values.simulation import PlugOutcome
from core.values.status import ChargePointStatus, ErrorStatus


async def _unheard(signal: Signal) -> None:
    """No reader is there to make a signal heard."""


class ServedPoints:
    """The charge points of the station; every method lets time pass up to now first.

    `boards`: one a charge point, in their order. `announce` takes facts and `log` notes for the log; neither
    waits. `authority` is the supervision, and `acknowledge` makes a signal heard that comes late; whoever
    owns them sets them.
    """

    def __init__(
        self,
        profile: HardwareProfile,
        boards: Sequence[Board],
        meters: Meters,
        settings: SettingsReader,
        clock: Clock,
        storage: Storage,
        announce: Callable[[AnyEvent], None],
        log: Callable[[Note], None],
    ) -> None:
        self._profile = profile
        self._settings = settings
        self._clock = clock
        self._storage = storage
        self._announce = announce
        self._sparing = Sparing(log, clock.elapsed)
        self._log = self._sparing.note
        self.facts = TransactionFacts(storage)
        self._keeping = Keeping(storage, announce, self.facts.arrived.set)
        self._boards = tuple(boards)
        self._meters = meters
        self._transaction = 0
        self._wall_at_zero = clock.now() - timedelta(seconds=clock.elapsed())
        self._side = StationSide(
            (), supply_current=profile.supply_current, at=clock.elapsed(), wall=self._wall
        )
        self._aftermath = Aftermath()
        self._outside = OutsideLimits()
        self.authority: Authority = NoAuthority()
        self.acknowledge: Callable[[Signal], Awaitable[None]] = _unheard
        self._questions = Questions()
        self._supervision = Supervision()
        self._standing = standing.Standing()

    async def start(self) -> None:
        """Close what a death of the station left open, then serve vehicles."""
        opening = await self._keeping.open(self._profile.charge_points)
        self._transaction = opening.last_transaction
        at = self._clock.elapsed()
        self._wall_at_zero = self._clock.now() - timedelta(seconds=at)
        points = [
            ChargePoint(
                number,
                board,
                rules_of(self._profile, self._settings, number),
                meter_wh=opening.meters[number],
                at=at,
                wall=self._wall,
                next_transaction=self._next_transaction,
                meters=self._meters,
            )
            for number, board in enumerate(self._boards, 1)
        ]
        self._side = StationSide(points, supply_current=self._profile.supply_current, at=at, wall=self._wall)
        self._take_up(await self._storage.read(standing.load))
        self._catch_up()

    async def tick(self) -> None:
        """One control tick: let time pass up to now, store what came of it."""
        self._catch_up()
        self._sparing.tick()
        await self._store()

    async def end_all(self, reason: str) -> None:
        """End every charge for a stop reason such as `restart`, and store the records."""
        self._catch_up()
        for point in self._side.points:
            point.stop(self._side.at, StopReason(reason))
        self._side.settle()
        await self._store()

    # ------------------------------------------------------------ what is shown

    def charge_points(self) -> tuple[ChargePointStatus, ...]:
        """A snapshot of every charge point."""
        first = int(self._settings.text("network.ip_address").rpartition(".")[2])
        return tuple(
            status_of(
                point,
                self._side.limits.get(point.number, ()),
                designation=str(first + point.number - 1),
                at=self._side.at,
                meter=self._meters.status(point.number),
                share=self._side.shares.get(point.number),
            )
            for point in self._side.points
        )

    def errors(self) -> tuple[ErrorStatus, ...]:
        """Every error that is active, by charge point and number."""
        return errors_of(self._side.points)

    def points_with(self, error: int) -> frozenset[int]:
        """The charge points at which the error of this number is active."""
        return frozenset(each.point for each in self.errors() if each.number == error and each.point)

    def state(self) -> str:
        """`Unavailable` while locked, `Fault` while an error stops a charge point, else `Operational`."""
        return state_of(self._side.points)

    def light(self) -> str:
        """The status light: `off`, `fault`, `charging` or `ready`."""
        return light_of(self._side.points)

    def open_points(self) -> tuple[int, ...]:
        """The charge points at which a charge is open."""
        self._catch_up()
        return tuple(point.number for point in self._side.points if point.session is not None)

    # ------------------------------------------------------------ time and memory

    def _wall(self, at: float) -> datetime:
        return self._wall_at_zero + timedelta(seconds=at)

    def _next_transaction(self) -> int:
        self._transaction += 1
        return self._transaction

    def _catch_up(self) -> None:
        """Take in settings and clock, and let time pass up to now."""
        self._set_wall_clock()
        if not self._settings.is_on(EXTERNAL_CONTROL):
            self._outside.clear()
            self._take_back("plc", self._side.points)
        if not is_supervised(self._settings):
            self._take_back("ocpp", self._side.points)
        for point in self._side.points:
            point.follow(rules_of(self._profile, self._settings, point.number))
            point.outside = self._outside.of(point.number)
            point.supervision = self._supervision
            self._meters.follow(point.number, point.rules.meter)
        self._side.limit_supply(self._outside.supply)
        self._side.priority = priority_of(self._profile, self._settings)
        self._side.advance_to(self._clock.elapsed())

    def _set_wall_clock(self) -> None:
        before = self._clock.elapsed()
        now = self._clock.now()
        # A clock that runs fast moves between the two questions.
        tolerance = 2.0 + self._clock.elapsed() - before
        drift = (now - self._wall(before)).total_seconds()
        if abs(drift) > tolerance:
            self._wall_at_zero += timedelta(seconds=drift)
            for point in self._side.points:
                point.shift(drift)
                self._shift_facts(point, drift)

    def _shift_facts(self, point: ChargePoint, seconds: float) -> None:
        """What waits of an open charge was noted on the wrong clock."""
        session = point.session
        if session is not None and session.told:
            number = session.transaction_id
            self._storage.write_when_possible(lambda link: telling.shift(link, number, seconds))

    def _take_up(self, stood: standing.Standing) -> None:
        """Go on with the orders that stood before the restart."""
        for point in self._side.points:
            point.orders = stood.orders.get(point.number, point.orders)
        self._side.bookings = stood.bookings
        self._standing = stood

    def _take_back(self, origin: Outsider, points: Sequence[ChargePoint]) -> None:
        """One system outside orders nothing any more for these charge points."""
        for point in points:
            point.orders = point.orders.without(origin)
        numbers = {None, *(point.number for point in points)}
        self._side.bookings = tuple(
            each for each in self._side.bookings if each.origin != origin or each.point not in numbers
        )

    async def _outcome(self, point: int) -> PlugOutcome:
        finished = await self._settled()
        status = next(each for each in self.charge_points() if each.point == point)
        return PlugOutcome(
            status=status, record=next((each for each in finished if each.socket == point), None)
        )

    async def _settled(self) -> Sequence[ChargeRecord]:
        self._side.settle()
        return await self._store()

    async def _store(self) -> Sequence[ChargeRecord]:
        """Store finished records and how far the open sessions have come; tell whoever watches."""
        points = self._side.points
        finished, under_way = self._aftermath.records(points, self._side.at)
        if self._aftermath.is_news(points, self._side.at) or finished:
            self._announce(StatusChanged())
        for note in self._aftermath.notes(self._side):
            self._log(note)
        done = await self._keeping.store(finished, under_way, self._aftermath.facts(points))
        await self._store_orders()
        return done

    async def _store_orders(self) -> None:
        now = standing.standing(self._side.points, self._side.bookings)
        if now == self._standing:
            return
        with contextlib.suppress(StorageFull):  # The next tick tries again.
            await self._storage.write(lambda link: standing.keep(link, now))
            self._standing = now

    # ------------------------------------------------------------ what is there

    def _point(self, number: int) -> ChargePoint:
        for point in self._side.points:
            if point.number == number:
                return point
        raise NotFound("There is no charge point {number}", number=number)
