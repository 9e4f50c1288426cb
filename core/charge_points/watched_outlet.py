"""A socket-outlet that is watched for what goes wrong at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.charge_points.alarms import METER_SILENT, STOPS, WRONG_PHASES
from core.charge_points.causes_seen import Evidence, cause_of
from core.charge_points.errors_now import errors_now
from core.charge_points.hardware import Board
from core.charge_points.metered_outlet import MeteredOutlet
from core.charge_points.outlet import OutletError
from core.charge_points.outlet_errors import outlet_error
from core.charge_points.rules import PointRules
from core.charge_points.states import VENTILATION as ASKS_VENTILATION
from core.charge_points.troubles import Troubles
from core.meters.reading import MeterSource


class WatchedOutlet(MeteredOutlet):
    """`errors` by number with the wall clock of their begin, `causes` of them in words.

    `last_error` is what went wrong with badge, plug or charge the last time, even if it is over.
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
        super().__init__(number, board, rules, meter_wh=meter_wh, at=at, wall=wall, meters=meters)
        self.errors: dict[int, datetime] = {}
        self.causes: dict[int, str] = {}
        self.last_error = OutletError.NONE
        self.troubles = Troubles()

    @property
    def is_blocked(self) -> bool:
        """An error lasts with which nothing charges."""
        return not STOPS.keys().isdisjoint(self.errors)

    def note_errors(self, at: float) -> None:
        """Find out which errors there are now, and what was found of those that are new."""
        if self.readings is not None:
            self.troubles.watch(
                at,
                self.rules,
                flowing=self.offered if self.flowing else None,
                drawn=self.drawn if self.readings.current is None else max(self.readings.current),
                metered=self.readings.current is None,
                ventilation=self.session is not None and self.ev in ASKS_VENTILATION,
            )
            if self.troubles.cable_left(at, self.rules):
                self.last_error = OutletError.PLUG_STILL_DETECTED
        current = errors_now(self.readings, self.offer, self.ev, self.rules)
        if self._meters.is_silent(self.number):
            current |= {METER_SILENT}
        if self.compliance.wrong:
            current |= {WRONG_PHASES}
        lasting = self.troubles.with_those(current, vehicle=self.vehicle)
        self.errors = {number: self.errors.get(number) or self._wall(at) for number in sorted(lasting)}
        if self.errors.keys() != self.causes.keys():
            evidence = Evidence(outlet=self, drawn=self.drawn, meter=self._meters.why_silent(self.number))
            known = self.causes
            for number in self.errors.keys() - known.keys():
                self.last_error = outlet_error(number, self.readings, self.session) or self.last_error
            self.causes = {n: known[n] if n in known else cause_of(n, evidence) for n in self.errors}
