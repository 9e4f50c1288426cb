"""The walk through time: exact over any length, never above a limit, one record a session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.charge_points.rules import Contact, PointRules
from core.energy.limits import limits_of, offered_current
from core.energy.outside import OutsideLimit
from core.settings.operating_current import smallest_current
from core.values.simulation import Vehicle
from tests.core.charge_points.bench import FREE, INPUTS, Bench
from tests.core.charge_points.supply_watch import SupplyWatch, WatchedBoard

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
    bench.wait(10)
    assert [bench.status(number).offered_current for number in (1, 2)] == [16, 16]
    bench.unplug(1)
    assert bench.status(2).offered_current == 32


eager = st.builds(
    Vehicle,
    phases=st.sampled_from([3, 3, 1]),
    cable_current=st.sampled_from([32, 32, 20, 13]),
    demand=st.sampled_from([32.0, 32.0, 16.0, 9.5, 1.0]),
    energy_wh=st.sampled_from([None, None, 300, 9000]),
    ready_after_s=st.sampled_from([0.0, 0.0, 20.0]),
)
happenings = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.sampled_from(
            ["plug", "plug", "plug", "unplug", "shed", "unshed", "delay", "go", "fault", "mend", "outside"]
        ),
        st.sampled_from([0.0, 1.0, 4.0, 5.5, 6.0, 30.0, 61.0, 300.0, 4000.0]),
        eager,
    ),
    min_size=4,
    max_size=25,
)


@given(
    events=happenings,
    supply=st.sampled_from([16.0, 26.0, 30.0, 32.0, 40.0]),
    second=st.sampled_from([(1, 2, 3), (3, 1, 2), (2, 3, 1)]),
    priority=st.sampled_from(["charge_duration", "energy_delivered"]),
)
def test_no_vehicle_that_is_slow_to_follow_could_bring_a_phase_above_the_supply(
    events: list[tuple[int, str, float, Vehicle]], supply: float, second: tuple[int, int, int], priority: str
) -> None:
    rule = PointRules(
        authorisation=FREE,
        balancing=True,
        shedding=Contact(name="input_1"),
        shedding_current=15,
        delay=Contact(name="delayed_start"),
    )
    bench = Bench(rule, points=2, supply=supply)
    bench.points[1].rules = replace(rule, lines=second)
    bench.side.priority = "charge_duration" if priority == "charge_duration" else "energy_delivered"
    boards = {number: watched(bench, number) for number in (1, 2)}
    watch = SupplyWatch(supply, boards, lambda number: bench.points[number - 1].lines)
    for number, event, wait, vehicle in events:
        happen(bench, number, event, vehicle)
        bench.wait(wait)
        watch.check(bench.at)
        for point in bench.points:
            least = min(
                smallest_current(point.phases, balancing=True),
                offered_current(limits_of(point.limit_inputs())),
            )
            assert point.offered == 0 or point.offered >= least - 1e-6


def watched(bench: Bench, number: int) -> WatchedBoard:
    board = WatchedBoard(attached=False, phases=3, inputs=dict.fromkeys(INPUTS, False))
    bench.points[number - 1].board = board
    bench.boards = tuple(board if each == number else old for each, old in enumerate(bench.boards, 1))
    return board


def happen(bench: Bench, number: int, event: str, vehicle: Vehicle) -> None:
    point = bench.points[number - 1]
    if event == "plug" and not bench.boards[number - 1].occupied:
        bench.plug(number, vehicle)
    elif event == "unplug":
        bench.unplug(number)
    elif event in {"shed", "unshed"}:
        bench.input("input_1", event == "shed", number)
    elif event in {"delay", "go"}:
        bench.input("delayed_start", event == "delay", number)
    elif event in {"fault", "mend"}:
        bench.fault("board_silent", event == "fault", number)
    elif event == "outside":
        point.outside = OutsideLimit(current=15.0, origin="OCPP") if point.outside is None else None
        bench.side.settle()


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


@pytest.mark.parametrize(
    ("wiring", "offers"),
    [((1, 2, 3), [16, 16]), ((3, 1, 2), [32, 32]), ((2, 3, 1), [32, 32])],
)
def test_two_single_phase_vehicles_share_only_where_the_wiring_puts_them_on_one_phase(
    wiring: tuple[int, int, int], offers: list[float]
) -> None:
    bench = Bench(PointRules(authorisation=FREE, balancing=True), points=2, supply=32)
    bench.points[1].rules = replace(bench.points[1].rules, lines=wiring)
    for number in (1, 2):
        bench.plug(number, Vehicle(phases=1))
    bench.wait(10)
    assert [bench.status(number).offered_current for number in (1, 2)] == offers
