"""Two charge points on one supply through time: shed and back, handed back and taken again, and why."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from core.charge_points.configured import input_names
from core.charge_points.hardware import Offer, Readings
from core.charge_points.rules import PointRules
from core.charge_points.simulated import SimulatedBoard
from core.profile import load_profile
from core.values.simulation import Vehicle
from tests.core.charge_points.bench import FREE, Bench
from tests.core.charging_house import House, house

BALANCED = PointRules(authorisation=FREE, balancing=True)


class CutOffBoard(SimulatedBoard):
    """A board whose line may be cut: for a while what it read last still counts, then it is silent."""

    is_cut = is_silent = False

    def apply(self, offer: Offer, at: float) -> None:
        if not self.is_cut:
            super().apply(offer, at)

    def readings(self, at: float) -> Readings | None:
        read = None if self.is_silent else super().readings(at)
        return read and replace(read, believed=self._offer.current)


def offers(bench: Bench) -> list[float]:
    return [point.offered for point in bench.points]


def test_a_charge_that_is_shed_comes_back_a_minute_after_the_other_has_gone() -> None:
    bench = Bench(BALANCED, points=2, supply=26)
    bench.plug(1)
    bench.wait(100)
    bench.plug(2)
    assert offers(bench) == [0, 26]
    bench.wait(100)
    bench.unplug(2)
    bench.wait(59)
    assert offers(bench) == [0, 0]
    bench.wait(1)
    assert offers(bench) == [26, 0]


def test_a_vehicle_that_is_full_hands_its_share_back_but_its_minimum() -> None:
    bench = Bench(BALANCED, points=2, supply=32)
    bench.plug(1, Vehicle(energy_wh=500))
    bench.plug(2)
    bench.wait(20)
    assert offers(bench) == [16, 16]
    bench.wait(600)
    assert offers(bench) == [14, 18]


def test_a_vehicle_that_wants_more_again_has_its_share_back_and_the_other_comes_down_first() -> None:
    bench = Bench(BALANCED, points=2, supply=40)
    bench.plug(1, Vehicle(demand=10))
    bench.plug(2)
    bench.wait(100)
    assert offers(bench) == [14, 26]
    vehicle = bench.boards[0]._vehicle
    assert vehicle is not None
    vehicle.vehicle = Vehicle(demand=32)
    bench.wait(1)
    assert offers(bench) == [14, 20]
    bench.wait(10)
    assert offers(bench) == [20, 20]


def test_a_board_that_was_cut_off_before_it_heard_of_less_may_still_close_its_contactor_on_more() -> None:
    bench = Bench(BALANCED, points=2, supply=32)
    cut_off = CutOffBoard(attached=False, phases=3, inputs={})
    bench.points[0].board = cut_off
    cut_off.plug(Vehicle(ready_after_s=50), bench.at)
    bench.side.settle()
    assert offers(bench) == [32, 0]
    cut_off.is_cut = True
    bench.plug(2)
    bench.wait(5)
    assert offers(bench) == [16, 0]
    cut_off.is_silent = True
    bench.wait(600)
    assert offers(bench) == [0, 0]
    cut_off.is_silent = cut_off.is_cut = False
    bench.wait(1)
    assert offers(bench) == [16, 0]
    bench.wait(10)
    assert offers(bench) == [16, 16]


def test_a_vehicle_alone_is_not_lowered_to_what_it_uses() -> None:
    bench = Bench(BALANCED, points=2, supply=32)
    bench.plug(1, Vehicle(demand=10))
    bench.wait(1000)
    assert offers(bench) == [32, 0]


def test_charges_do_not_take_turns() -> None:
    bench = Bench(BALANCED, points=2, supply=26)
    bench.side.priority = "energy_delivered"
    bench.plug(1)
    bench.wait(1000)
    bench.plug(2)
    seen = set()
    for _ in range(200):
        bench.wait(60)
        seen.add(tuple(offers(bench)))
    assert seen == {(0, 26)}


def told(station: House) -> list[tuple[str, str | None, str | None, str]]:
    """The notes since the last question: charge point, from, to, why."""
    found = [(note.subject[-1], note.old, note.new, note.text) for note in station.notes]
    station.notes.clear()
    return found


async def test_the_log_tells_the_whole_story_of_two_charges(tmp_path: Path) -> None:
    profile = replace(load_profile("parking-2"), supply_current=32)
    async with house(tmp_path, profile, general__authentication_location="disable") as station:
        await station.charging.sim_plug(1, Vehicle(demand=10))
        assert told(station) == []
        await station.wait(5)
        await station.charging.sim_plug(2, Vehicle())
        assert told(station) == [
            ("1", "32 A (rated)", "16 A (balancing)", "shared with charge point 2"),
            ("2", "32 A (rated)", "0 A (balancing)", "waits until nobody takes more than he is offered now"),
        ]
        await station.wait(10)
        assert told(station) == [("2", "0 A (balancing)", "16 A (balancing)", "shared with charge point 1")]
        await station.wait(45)
        assert told(station) == [("1", "16 A (balancing)", "14 A (balancing)", "its vehicle uses no more")]
        await station.wait(10)
        assert told(station) == [("2", "16 A (balancing)", "18 A (balancing)", "shared with charge point 1")]


async def test_a_cause_changes_the_current_in_the_next_tick(tmp_path: Path) -> None:
    profile = load_profile("parking-1")
    board = SimulatedBoard(attached=False, phases=3, inputs=input_names(profile))
    settings = {"socket__1__input_1": "load_shedding", "socket__1__load_shedding_set_point": "10"}
    async with house(
        tmp_path, profile, [board], general__authentication_location="disable", **settings
    ) as station:
        await station.charging.sim_plug(1, Vehicle())
        board.set_input("input_1", True)
        station.clock.advance(1)
        await station.charging.tick()
        assert station.charging.charge_points()[0].offered_current == 10


async def test_a_charge_point_alone_is_offered_no_more_than_the_supply_carries(tmp_path: Path) -> None:
    profile = replace(load_profile("parking-1"), supply_current=20)
    async with house(tmp_path, profile) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_badge("E1EB1C02", 1)
        (status,) = station.charging.charge_points()
    assert status.offered_current == 20
    assert {limit.source: limit.current for limit in status.limits}["supply"] == 20
