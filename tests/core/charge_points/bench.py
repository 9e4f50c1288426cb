"""Charge points on a test bench: simulated boards, time turned by hand, no storage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.charge_points.authorisation import AuthorisationRules
from core.charge_points.grant import Grant
from core.charge_points.point import ChargePoint
from core.charge_points.presenting import Holder, present, press_button
from core.charge_points.rules import PointRules
from core.charge_points.simulated import SimulatedBoard
from core.charge_points.station_side import StationSide
from core.charge_points.view import status_of
from core.values.badges import Badge
from core.values.records import ChargeRecord
from core.values.simulation import Vehicle
from core.values.status import ChargePointStatus

FREE = AuthorisationRules(location="disable", reject_unknown=False)
BY_BADGE = AuthorisationRules(location="charging_station", reject_unknown=False)
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
INPUTS = ("input_1", "input_2", "delayed_start", "current_limit", "push_button", "key_lock")


class Bench:
    """A station of some charge points with the same rules."""

    def __init__(self, rules: PointRules, *, points: int = 1, supply: float = 64.0) -> None:
        self.boards = tuple(
            SimulatedBoard(attached=rules.attached, phases=rules.phases, inputs=dict.fromkeys(INPUTS, False))
            for _ in range(points)
        )
        self._transactions = 0
        self.side = StationSide(
            [
                ChargePoint(
                    number,
                    board,
                    rules,
                    meter_wh=1000.0,
                    at=0.0,
                    wall=lambda at: START + timedelta(seconds=at),
                    next_transaction=self._next,
                )
                for number, board in enumerate(self.boards, 1)
            ],
            supply_current=supply,
            at=0.0,
            wall=lambda at: START + timedelta(seconds=at),
        )
        self.side.settle()

    def _next(self) -> int:
        self._transactions += 1
        return self._transactions

    @property
    def points(self) -> tuple[ChargePoint, ...]:
        return self.side.points

    @property
    def at(self) -> float:
        return self.side.at

    def status(self, point: int = 1) -> ChargePointStatus:
        return status_of(self.points[point - 1], self.side.limits[point], designation="102", at=self.side.at)

    def records(self, point: int = 1) -> list[ChargeRecord]:
        return self.points[point - 1].finished

    def errors(self, point: int = 1) -> set[int]:
        return set(self.points[point - 1].errors)

    def wait(self, seconds: float) -> None:
        self.side.advance_to(self.side.at + seconds)

    def plug(self, point: int = 1, vehicle: Vehicle | None = None) -> ChargePointStatus:
        self.boards[point - 1].plug(vehicle or Vehicle(), self.at)
        self.side.settle()
        return self.status(point)

    def unplug(self, point: int = 1) -> ChargePointStatus:
        self.boards[point - 1].open_switch(self.at)
        self.side.settle()
        self.boards[point - 1].unplug(self.at)
        self.side.settle()
        return self.status(point)

    def badge(self, uid: str = "E1EB1C02", *, known: Badge | None = None, point: int | None = None) -> None:
        points = self.points if point is None else (self.points[point - 1],)
        present(points, Holder(uid=uid, badge=known), self.at, bookings=self.side.bookings)
        self.side.settle()

    def grant(self, point: int) -> None:
        self.points[point - 1].grant = Grant(uid="", comment="", until=self.at + 60)
        self.side.settle()

    def input(self, name: str, closed: bool, point: int = 1) -> None:
        self.boards[point - 1].set_input(name, closed)
        if name == "push_button" and closed:
            press_button(self.points[point - 1], self.at)
        self.side.settle()

    def fault(self, name: str, on: bool, point: int = 1) -> None:
        self.boards[point - 1].set_fault(name, on, self.at)
        self.side.settle()
