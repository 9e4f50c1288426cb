"""The walk through time: exact over any length, never above a limit, one record a session."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charge_points.hardware import Offer
from core.charge_points.rules import PointRules
from core.charge_points.simulated import SimulatedBoard
from core.values.simulation import Vehicle
from tests.core.charge_points.bench import FREE, Bench

vehicles = st.builds(
    Vehicle,
    phases=st.sampled_from([1, 3]),
    cable_current=st.sampled_from([13, 20, 32, 63]),
    demand=st.floats(min_value=1, max_value=40),
    energy_wh=st.none() | st.integers(min_value=0, max_value=60_000),
    ready_after_s=st.floats(min_value=0, max_value=900),
)
waits = st.lists(st.floats(min_value=0, max_value=4000), max_size=8)
rules = st.builds(
    PointRules,
    authorisation=st.just(FREE),
    derated=st.integers(min_value=0, max_value=32),
    balancing=st.booleans(),
)


@given(
    first=vehicles, second=vehicles, rule=rules, cuts=waits, supply=st.integers(min_value=10, max_value=64)
)
def test_an_interval_gives_the_same_energy_however_it_is_split(
    first: Vehicle, second: Vehicle, rule: PointRules, cuts: list[float], supply: int
) -> None:
    in_steps, at_once = (Bench(rule, points=2, supply=supply) for _ in range(2))
    for bench in (in_steps, at_once):
        bench.plug(1, first)
        bench.plug(2, second)
    for cut in cuts:
        in_steps.wait(cut)
    at_once.side.advance_to(in_steps.at)
    for stepped, whole in zip(in_steps.points, at_once.points, strict=True):
        assert stepped.meter.at(in_steps.at) == whole.meter.at(at_once.at)
        assert stepped.offer == whole.offer
        assert stepped.ev == whole.ev


@given(
    first=vehicles, second=vehicles, rule=rules, cuts=waits, supply=st.integers(min_value=10, max_value=64)
)
def test_no_limit_is_exceeded_and_no_energy_is_lost(
    first: Vehicle, second: Vehicle, rule: PointRules, cuts: list[float], supply: int
) -> None:
    bench = Bench(rule, points=2, supply=supply)
    bench.plug(1, first)
    bench.plug(2, second)
    metered = [point.meter.at(bench.at) for point in bench.points]
    for cut in cuts:
        bench.wait(cut)
        now = [point.meter.at(bench.at) for point in bench.points]
        assert all(after >= before for after, before in zip(now, metered, strict=True))
        metered = now
        for number in (1, 2):
            status = bench.status(number)
            assert all(status.offered_current <= limit.current + 0.005 for limit in status.limits)
        if rule.balancing:
            for line in range(3):
                assert sum(bench.status(number).current[line] for number in (1, 2)) <= supply + 1e-6


@given(vehicle=vehicles, rule=rules, cuts=waits)
def test_a_visit_leaves_exactly_one_record_with_what_the_meter_counted(
    vehicle: Vehicle, rule: PointRules, cuts: list[float]
) -> None:
    bench = Bench(rule)
    before = bench.status().energy_wh
    bench.plug(1, vehicle)
    for cut in cuts:
        bench.wait(cut)
    bench.unplug()
    bench.wait(100)
    (record,) = bench.records()
    assert record.duration_s == round(sum(cuts))
    assert record.meter_start_wh == before
    assert record.meter_stop_wh == bench.status().energy_wh
    assert record.energy_kwh * 1000 == pytest.approx(record.meter_stop_wh - record.meter_start_wh)
    if vehicle.energy_wh is not None:
        assert record.meter_stop_wh - record.meter_start_wh <= vehicle.energy_wh


def test_a_vehicle_takes_its_energy_to_the_watt_hour_and_then_stops() -> None:
    bench = Bench(PointRules(authorisation=FREE))
    bench.plug(1, Vehicle(energy_wh=22_080))
    bench.wait(3599)
    assert bench.status().power_w == 22_080
    bench.wait(2)
    assert bench.status().power_w == 0
    assert bench.status().ev_state == "B_Present_Asked_9V_M12V"
    bench.unplug()
    assert bench.records()[0].energy_kwh == 22.08


def test_two_vehicles_share_a_supply_and_the_one_that_leaves_hands_its_share_back() -> None:
    bench = Bench(PointRules(authorisation=FREE, balancing=True), points=2, supply=32)
    bench.plug(1)
    assert bench.status(1).offered_current == 32
    bench.wait(10)
    bench.plug(2)
    assert [bench.status(number).offered_current for number in (1, 2)] == [16, 0]
    assert bench.status(1).limits[-1].source == "balancing"
    bench.wait(6)
    assert [bench.status(number).offered_current for number in (1, 2)] == [16, 16]
    bench.unplug(1)
    assert bench.status(2).offered_current == 32


class Watched(SimulatedBoard):
    """A board whose offers can be watched one by one."""

    def __init__(self, board: SimulatedBoard, told: Callable[[Offer], None]) -> None:
        self.__dict__.update(board.__dict__)
        self._told = told

    def apply(self, offer: Offer, at: float) -> None:
        self._told(offer)
        super().apply(offer, at)


@given(first=vehicles, second=vehicles, leaves=st.sampled_from([1, 2]))
def test_the_supply_is_not_exceeded_even_between_two_offers(
    first: Vehicle, second: Vehicle, leaves: int
) -> None:
    bench = Bench(PointRules(authorisation=FREE, balancing=True), points=2, supply=30)
    offers: dict[int, float] = {}

    def watch(number: int) -> Callable[[Offer], None]:
        def told(offer: Offer) -> None:
            offers[number] = offer.current
            assert sum(offers.values()) <= 30 + 1e-9 or first.phases == 1 or second.phases == 1

        return told

    bench.boards = tuple(Watched(board, watch(number)) for number, board in enumerate(bench.boards))
    for point, board in zip(bench.points, bench.boards, strict=True):
        point.board = board
    bench.plug(2, second)
    bench.wait(10)
    bench.plug(1, first)
    bench.wait(1000)
    bench.unplug(leaves)
    bench.wait(100)


def test_the_second_vehicle_takes_over_where_the_supply_is_too_small_for_both() -> None:
    bench = Bench(PointRules(authorisation=FREE, balancing=True), points=2, supply=26)
    bench.plug(1)
    bench.wait(10)
    bench.plug(2)
    assert [bench.status(number).offered_current for number in (1, 2)] == [0, 26]
    assert "not_Enough_Energy_To_Start_Charge" in bench.status(1).evse_status


def test_a_supply_that_is_too_small_for_one_charges_nobody() -> None:
    bench = Bench(PointRules(authorisation=FREE, balancing=True), points=2, supply=13)
    bench.plug(1)
    bench.plug(2)
    for number in (1, 2):
        assert bench.status(number).offered_current == 0
        assert "not_Enough_Energy_To_Start_Charge" in bench.status(number).evse_status


def test_without_balancing_each_point_has_its_own_current() -> None:
    bench = Bench(PointRules(authorisation=FREE), points=2, supply=32)
    bench.plug(1)
    bench.plug(2)
    assert [bench.status(number).offered_current for number in (1, 2)] == [32, 32]
