"""Two cars on one 32 A station through a busy day of real sessions, looked at in every control tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.audit import Note
from core.charge_points.configured import input_names
from core.profile import load_profile
from core.replay.plan import Moment, Stay, moments, stays
from core.replay.report import Tally
from core.replay.trondheim import RealSession, sessions
from core.settings.phase_order import PHASE_ORDERS
from core.values.simulation import Vehicle
from tests.core.charge_points.supply_watch import SupplyWatch, WatchedBoard, drawn_by_line
from tests.core.charging_house import House, house
from tests.effort import Effort

SUPPLY = 32
BUSIEST = ("2019-07-19", "2020-01-19", "2019-07-26", "2019-12-08", "2019-11-15")
"""Days on which two charge points have much to do at the same time."""
SHIFTED = "meter_312_contactor_312"
"""How the second charge point is wired: a single-phase charge loads L3 there."""

AFTER_SOMETHING = 75.0
"""s; so long every tick is made after a vehicle has come or gone."""


def of_day(file: Path, day: str) -> dict[int, list[RealSession]]:
    """Every session that begins on a day and finds one of two charge points free, within 24 hours."""
    found: dict[int, list[RealSession]] = {1: [], 2: []}
    every = sessions(file.read_text(encoding="utf-8"))
    that_day = [each for each in every if each.flaw is None and each.start and str(each.start.date()) == day]
    in_order = sorted(that_day, key=lambda each: (each.start, each.id))
    closing = in_order[0].start + timedelta(hours=24) if in_order[0].start else None
    for session in in_order:
        for taken in found.values():
            if not taken or (session.start and taken[-1].end and taken[-1].end <= session.start):
                taken.append(replace(session, end=min(filter(None, (session.end, closing)))))
                break
    return found


def vehicle_of(stay: Stay) -> Vehicle:
    """Cars of every kind, always the same one for a badge."""
    kind = int(stay.uid, 16)
    return Vehicle(
        phases=1 if kind % 3 == 0 else 3,
        cable_current=20 if kind % 5 == 0 else 32,
        demand=(32.0, 16.0, 24.0, 10.0)[kind // 7 % 4],
        energy_wh=stay.energy_wh,
        ready_after_s=float(kind % 90),
    )


class Day:
    """A station of two charge points whose every tick is looked at."""

    def __init__(self, station: House, boards: dict[int, WatchedBoard]) -> None:
        self._station = station
        self._boards = boards
        orders = {"1": "meter_123_contactor_123", "2": SHIFTED}
        self._orders = {int(point): PHASE_ORDERS[name].contactor for point, name in orders.items()}
        points = station.charging._side.points
        self._watch = SupplyWatch(SUPPLY, boards, lambda number: points[number - 1].lines)
        self._decided: dict[int, tuple[int, str] | None] = {1: None, 2: None}
        self.ticks = self.both = self.limits_explained = 0

    async def wait(self, seconds: float, step: float) -> None:
        """Let time pass in ticks: one a second at first, then one every `step` s."""
        passed = 0.0
        while passed < seconds:
            tick = min(1.0 if passed < AFTER_SOMETHING else step, seconds - passed)
            self._station.clock.advance(tick)
            passed += tick
            await self._station.charging.tick()
            self.look()

    async def happen(self, moment: Moment) -> None:
        charging = self._station.charging
        if moment.arrives:
            await charging.sim_plug(moment.stay.point, vehicle_of(moment.stay))
            await charging.sim_badge(moment.stay.uid, moment.stay.point)
        else:
            await charging.sim_unplug(moment.stay.point)
        self.look()

    def look(self) -> None:
        """Nothing is above the supply, offers follow limits, and each change of them is in the log."""
        self.ticks += 1
        at = self._station.charging._side.at
        self._watch.check(at)
        drawn = drawn_by_line(
            {number: board.readings(at) for number, board in self._boards.items()}, self._orders
        )
        assert max(drawn.values()) <= SUPPLY + 1e-6, f"{drawn} at {at} s"
        self.both += sum(point.power_w > 0 for point in self._station.charging.charge_points()) == 2
        notes, self._station.notes[:] = list(self._station.notes), []
        self._limits_are_explained(notes)

    def _limits_are_explained(self, notes: Sequence[Note]) -> None:
        for point in self._station.charging.charge_points():
            if point.session is None:
                self._decided[point.point] = None
                continue
            least = min(point.limits, key=lambda limit: limit.current)
            assert point.offered_current == pytest.approx(least.current, abs=0.01)
            now = (point.session.transaction_id, f"{least.current:.4g} A ({least.source})")
            before = self._decided[point.point]
            self._decided[point.point] = now
            if now == before or (before is None and least.source in {"rated", "derated"}):
                continue
            subject = f"charge point {point.point}"
            told = [each for each in notes if each.subject == subject and each.action == "limit_changed"]
            assert told, f"no word of {now} at {subject}"
            assert told[-1].new == now[1]
            assert all(each.text for each in told)
            self.limits_explained += 1


def gaps(found: Sequence[Moment]) -> Iterator[tuple[Moment, float]]:
    """What happens, with the seconds until the next; a vehicle leaves before another one comes."""
    for moment, after in pairwise(found):
        yield moment, (after.at - moment.at).total_seconds()
    yield found[-1], 120.0


@pytest.mark.data
async def test_a_busy_day_never_brings_a_phase_above_the_supply(
    tmp_path: Path, dataset: Path, effort: Effort
) -> None:
    step = effort(default=120.0, long=1.0)
    for day in BUSIEST[: effort(default=1, long=5)]:
        found = of_day(dataset, day)
        tally = Tally()
        planned = {point: stays(point, each, tally) for point, each in found.items()}
        profile = replace(load_profile("parking-2"), supply_current=SUPPLY)
        boards = {
            number: WatchedBoard(attached=False, phases=3, inputs=input_names(profile)) for number in (1, 2)
        }
        every = sorted(moments(planned), key=lambda each: (each.at, each.arrives))
        async with house(
            tmp_path / day, profile, tuple(boards.values()), meter__2__phases=SHIFTED
        ) as station:
            await station.charging.sim_advance(every[0].at - timedelta(seconds=5), step=True)
            seen = Day(station, boards)
            for moment, seconds in gaps(every):
                await seen.happen(moment)
                await seen.wait(seconds, step)
            records = await station.records()
        assert len(records) == sum(map(len, planned.values()))
        assert sum(record.energy_kwh for record in records) > 0
        assert seen.ticks > 1000
        assert seen.both > 20
        assert seen.limits_explained > 5
