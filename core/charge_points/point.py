"""The life of one charge point: it observes its board, opens and closes sessions, and says what it wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from core.charge_points.alarms import STOPS, VENTILATION
from core.charge_points.authorisation import is_free
from core.charge_points.grant import NOBODY, Grant, may_use
from core.charge_points.hardware import Board, Offer
from core.charge_points.orders import Orders
from core.charge_points.outlet import LastChargeStatus, OutletError
from core.charge_points.phase_compliance import PhaseCompliance
from core.charge_points.phases_seen import PhasesSeen
from core.charge_points.rules import PointRules
from core.charge_points.session import Session, StopReason
from core.charge_points.states import PRESENT, READY, EvState, ev_state
from core.charge_points.wants import holding_back, limit_inputs
from core.charge_points.watched_outlet import WatchedOutlet
from core.energy.limits import LimitInputs
from core.energy.outside import OutsideLimit
from core.meters.reading import MeterSource
from core.values.outside import Booking
from core.values.records import ChargeRecord

_HALF = 0.5
"""Wh; meters are read in whole ones."""


class ChargePoint(WatchedOutlet):
    """One charge point. Times are elapsed seconds; `wall` gives the wall clock of an elapsed time.

    `orders` are what systems outside have ordered, `booking` is what keeps it for somebody at this moment.
    """

    def __init__(
        self,
        number: int,
        board: Board,
        rules: PointRules,
        *,
        meter_wh: float,
        at: float,
        wall: Callable[[float], datetime],
        next_transaction: Callable[[], int],
        meters: MeterSource | None = None,
    ) -> None:
        super().__init__(number, board, rules, meter_wh=meter_wh, at=at, wall=wall, meters=meters)
        self.plugged_at = at
        self.grant: Grant | None = None
        self.stopped: Session | None = None
        self.stopped_by: StopReason | None = None
        self.outside: OutsideLimit | None = None
        self.orders = Orders()
        self.booking: Booking | None = None
        self.last_charge = LastChargeStatus.NOT_INITIALIZED
        self.finished: list[ChargeRecord] = []
        self._charged = False
        self._next_transaction = next_transaction

    # ------------------------------------------------------------ what it sees

    @property
    def ended(self) -> bool:
        """A charge has ended here, and its vehicle or its cable has not been taken away."""
        return self.session is None and self._charged and self.cable

    @property
    def in_service(self) -> bool:
        """Neither its key nor a system outside has taken it out of service; orders let a charge end first."""
        return not (self.locked_by_key or (self.orders.out_of_service and self.session is None))

    @property
    def is_free(self) -> bool:
        """Somebody could be given leave to charge here."""
        return self.session is None and self.grant is None and self.in_service and not self.is_blocked

    def next_change(self, at: float) -> float | None:
        """When something happens here by itself next, after `at`."""
        coming = [
            self.board.next_change(at),
            self.grant.until if self.grant else None,
            self.phases_seen.next_change(),
            self.next_sample(at),
            self.allowance_used(at),
            self.compliance.next_change(),
            *self.troubles.next_change(),
        ]
        return min((moment for moment in coming if moment is not None and moment > at), default=None)

    def observe(self, at: float) -> None:
        """Take in what the board reads now, and do what follows from it."""
        before = self.ev
        self.readings = self.board.readings(at)
        self.measure(at)
        if self.readings is not None:
            self.was_seen = True
            self.ev = ev_state(self.readings.pilot, self.readings.modulated)
            self._note_presence(at, before)
        else:
            self.ev = EvState.F
        self.note_errors(at)
        if self.session is not None:
            self._end_what_must_end(at)
        elif self._may_begin(at):
            self._begin(at)

    def _note_presence(self, at: float, before: EvState) -> None:
        was_there = self.vehicle
        if self.ev in PRESENT:
            self.vehicle = True
        elif self.ev is EvState.A or not (self.rules.attached or self.cable):
            self.vehicle = False
        if self.vehicle and not was_there:
            self.troubles.vehicle_came()
            self.stopped, self._charged, self.phases_seen = None, False, PhasesSeen()
            self.plugged_at = at
        elif was_there and not self.vehicle:
            self._vehicle_gone(at, abruptly=self.flowing and before in READY)
        if not self.cable:
            self.troubles.no_cable(attached=self.rules.attached)

    def _vehicle_gone(self, at: float, *, abruptly: bool) -> None:
        self.troubles.vehicle_gone(at, abruptly=abruptly)
        self.stopped = None
        if abruptly:
            self.end(at, StopReason.VEHICLE_VANISHED, LastChargeStatus.EV_DISCONNECTED)
        else:
            self.end(at, StopReason.VEHICLE_UNPLUGGED, LastChargeStatus.OK)

    # ------------------------------------------------------------ sessions

    def follow(self, rules: PointRules) -> None:
        """Take over what settings and hardware say; an open session goes on being measured as it began."""
        now = rules if self.session is None else rules.measured_as(self.rules)
        if now.meter != self.rules.meter:
            self.meter, self.compliance = self.meter.untied(), PhaseCompliance()
        self.rules = now

    def _may_begin(self, at: float) -> bool:
        if self.grant is not None and at >= self.grant.until:
            self.last_error = self._missing()
            self.grant = None
        free = is_free(self.rules.authorisation) and self.stopped is None
        there = self.vehicle and self.ev in PRESENT and not self.is_blocked and self.in_service
        return there and (free or self.grant is not None) and may_use(self.booking, self.grant)

    def _missing(self) -> OutletError:
        if self.vehicle:
            return OutletError.PLUG_ERROR
        return OutletError.EV_NOT_DETECTED if self.cable else OutletError.PLUG_NOT_DETECTED

    def _begin(self, at: float) -> None:
        self.meter = self.meter.begun()
        grant = self.grant or NOBODY
        self.session = Session(
            transaction_id=self._next_transaction(),
            uid=grant.uid,
            comment=grant.comment,
            parent=grant.parent,
            vip=grant.vip,
            started=self._wall(at).replace(microsecond=0),
            began=at,
            meter_start=self.meter.at(at),
            phases=self.phases,
            told=self.rules.supervised,
        )
        self.stopped = None
        booking = grant.booking
        self.tell_start(self.session, at, booking.number if booking and booking.origin == "ocpp" else None)

    def _end_what_must_end(self, at: float) -> None:
        if self.locked_by_key:
            self.end(at, StopReason.KEY_LOCK, LastChargeStatus.OK)
            return
        number = next((number for number in self.errors if number in STOPS), None)
        if number is None:
            self._end_refused(at)
            return
        mark = STOPS[number]
        if mark.outlet is not None:
            self.last_error = mark.outlet
        reason = StopReason.VENTILATION if number == VENTILATION else StopReason.FAULT
        self.end(at, reason, mark.charge)

    def _end_refused(self, at: float) -> None:
        """What a badge that turned out to be refused was still allowed has been taken."""
        session = self.session
        if session is None or session.allowance is None or self.meter.at(at) < session.allowance - _HALF:
            return
        if session.may_stay:
            self.session = msgspec.structs.replace(session, allowance=None, barred=True)
        else:
            self.stop(at, StopReason.NO_LONGER_AUTHORISED, LastChargeStatus.CANCELLED)

    def stop(
        self, at: float, reason: StopReason, status: LastChargeStatus = LastChargeStatus.OK, *, by: str = ""
    ) -> None:
        """End the charge on somebody's order: it does not begin again by itself while the vehicle stays.

        `by` is the badge that ends it, where one does.
        """
        stopped = self.session
        if stopped is not None:
            self.end(at, reason, status, by=by)
            self.stopped, self.stopped_by = stopped, reason

    def end(self, at: float, reason: StopReason, status: LastChargeStatus, *, by: str = "") -> None:
        """Close the session, if one is open, and leave its record in `finished`."""
        record = self.record(at, reason)
        if record is None:
            return
        self.finished.append(record)
        self.tell_end(record, at, by)
        self.session, self.grant, self.last_charge = None, None, status
        self.orders = msgspec.structs.replace(self.orders, suspended=False)
        self.meter = self.meter.ended()
        self._charged = True

    def shift(self, seconds: float) -> None:
        """The wall clock was set: what began on the wrong clock is told on the right one."""
        if self.session is not None:
            self.session = self.session.shifted(seconds)
        by = timedelta(seconds=seconds)
        self.errors = {number: since + by for number, since in self.errors.items()}

    # ------------------------------------------------------------ what it wants

    @property
    def held_back(self) -> str | None:
        """What holds the open charge back: an input, or a word of `wants`; None where nothing does."""
        if self.session is None or self.readings is None:
            return None
        return holding_back(self.rules, self.readings, self.session, self.orders)

    def limit_inputs(self, share: float | None = None) -> LimitInputs:
        """What its limits follow from, with its share of the supply."""
        outside = None if self.outside is None else self.outside.current
        return limit_inputs(self.rules, self.readings, self.phases, outside=outside, share=share)

    def apply(self, current: float, at: float) -> bool:
        """Offer this current in A; True if the board was told something new."""
        if self.readings is None:
            self.offer = None
            return False
        ready = self.ev in {EvState.C_MODULATED, EvState.D_MODULATED}
        wanted = Offer(
            current=current if self.session is not None else 0.0,
            closed=current > 0 and self.session is not None and ready,
            locked=self.session is not None and not self.rules.attached,
            available=self.in_service,
        )
        if wanted == self.offer:
            return False
        if self.session is not None and wanted.current > 0 and not self.session.looped:
            self.session = msgspec.structs.replace(self.session, looped=True)
        self.board.apply(wanted, at)
        self.offer = wanted
        return True
