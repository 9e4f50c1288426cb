"""A socket-outlet with its energy counter, and what of the charge in it the supervision is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.charge_points.hardware import Board
from core.charge_points.metering import measured
from core.charge_points.rules import PointRules
from core.charge_points.session import Session, StopReason
from core.charge_points.socket_outlet import SocketOutlet
from core.meters.counter import Counter
from core.meters.reading import MeterSource, NoMeters
from core.transactions.facts import AnyFact, Ended, Sampled, Started
from core.transactions.sampling import Supervision, next_aligned, next_periodic
from core.values.records import ChargeRecord


class MeteredOutlet(SocketOutlet):
    """Times are elapsed seconds; `wall` gives the wall clock of an elapsed time.

    `facts` are what the supervision is to be told, in their order; whoever stores them takes them away.
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
        meters: MeterSource | None = None,
    ) -> None:
        super().__init__(board, rules)
        self.number = number
        self.meter = Counter.starting(meter_wh, at)
        self.measured = measured(None, None, rules)
        self.session: Session | None = None
        self.supervision = Supervision()
        self.facts: list[tuple[float, AnyFact]] = []
        self._sampled_at = at
        self._wall = wall
        self._meters = meters or NoMeters()

    @property
    def drawn(self) -> float | None:
        """A of the strongest phase; None where nothing measures it."""
        return max(self.measured.current) if self.measured.known else None

    def record(self, at: float, reason: StopReason) -> ChargeRecord | None:
        """The record of the open session as if it ended now."""
        if self.session is None:
            return None
        return self.session.record(
            at=at,
            meter=self.meter.at(at),
            reason=reason,
            socket=self.number,
            station=self.rules.station,
            kind=self.rules.socket_type,
        )

    def measure(self, at: float) -> None:
        """Take in what flows now."""
        reading = self._meters.reading(self.number, at)
        self.measured = now = measured(self.readings, reading, self.rules)
        if reading is not None:
            self.meter = self.meter.metered(reading, now.apparent, at)
        else:
            self.meter = self.meter.estimated(now.apparent, at)
        if self.session is not None:
            self.session = self.session.measured(now.watts, now.phases)
            if reading is not None and self.rules.meter is not None:
                self.phases_seen = self.phases_seen.seen(now.phases, at)
                self.compliance = self.compliance.seen(now.current, self.wired, at)
            self._sample(at)

    def next_sample(self, at: float) -> float | None:
        """When the values of the charge are due to be noted next, after `at`."""
        return min((moment for moment, _ in self._samples_due(at)), default=None)

    def allowance_used(self, at: float) -> float | None:
        """When a charge whose badge was refused has taken what it is still allowed."""
        if self.session is None or self.session.allowance is None or self.meter.watts <= 0:
            return None
        left = self.session.allowance - self.meter.at(at)
        return at + left * 3600.0 / self.meter.watts if left > 0 else None

    def _samples_due(self, after: float) -> list[tuple[float, str]]:
        session = self.session
        if session is None or not session.told:
            return []
        sampling = self.supervision.sampling
        due = (
            (next_periodic(session.began, sampling.interval_s, after), "periodic"),
            (next_aligned(self._wall(after), sampling.aligned_s, after), "clock"),
        )
        return [(moment, context) for moment, context in due if moment is not None and moment > after]

    def _sample(self, at: float) -> None:
        for moment, context in self._samples_due(self._sampled_at):
            if moment <= at and self.session is not None:
                self.facts.append(
                    (
                        at,
                        Sampled(
                            transaction=self.session.transaction_id,
                            point=self.number,
                            time=self._wall(at),
                            meter_wh=round(self.meter.at(at)),
                            context="periodic" if context == "periodic" else "clock",
                            current=self.measured.current,
                            voltage=self.measured.voltage,
                            power_w=round(self.meter.watts),
                            offered=self.offered,
                        ),
                    )
                )
        self._sampled_at = at

    def tell_start(self, session: Session, at: float, booking: int | None) -> None:
        """The supervision is to be told that this charge began; `booking` is the one that it used up."""
        self._sampled_at = at
        if session.told:
            started = Started(
                transaction=session.transaction_id,
                point=self.number,
                time=session.started,
                meter_wh=round(session.meter_start),
                uid=session.uid,
                booking=booking,
            )
            self.facts.append((at, started))

    def tell_end(self, record: ChargeRecord, at: float, by: str) -> None:
        """The supervision is to be told that the open charge ended as in its record, `by` a badge."""
        if self.session is not None and self.session.told:
            ended = Ended(
                transaction=record.transaction_id,
                point=self.number,
                time=record.end,
                meter_wh=record.meter_stop_wh,
                reason=record.stop_reason,
                uid=by,
            )
            self.facts.append((at, ended))
