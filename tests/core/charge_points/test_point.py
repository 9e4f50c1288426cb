"""The life of a charge point: what starts, holds back and ends a charge."""

import pytest

from core.charge_points.rules import Contact, PointRules
from core.values.simulation import Vehicle
from tests.core.charge_points.bench import BY_BADGE, FREE, Bench

FREELY = PointRules(authorisation=FREE)


def test_a_vehicle_goes_through_the_guides_states_from_plug_to_unplug() -> None:
    bench = Bench(PointRules(authorisation=BY_BADGE))
    assert bench.status().outlet_status == "OK_ChargeAuthorisationStarted"
    waiting = bench.plug(1, Vehicle(cable_current=20, ready_after_s=5))
    assert (waiting.ev_state, waiting.cable_state) == ("B_Present_9V", "20 A")
    bench.badge()
    ready = bench.status()
    assert (ready.ev_state, ready.cpw_state) == ("B_Present_Asked_9V_M12V", "EVSE_Ready_StateB_Plus")
    bench.wait(5)
    charging = bench.status()
    assert (charging.ev_state, charging.cpw_state) == ("C_Ready_6V_M12V", "Charging_StateC_Plus")
    assert charging.outlet_status == "OK_ChargeLoopStarted"
    assert charging.offered_current == 20
    assert charging.duty_percent == pytest.approx(33.33, abs=0.01)
    left = bench.unplug()
    assert (left.ev_state, left.cable_state, left.session) == ("A_Not_Present_12V", "Not_Plugged", None)
    assert left.last_charge_status == "Charge_OK"
    assert bench.records()[0].stop_reason == "vehicle_unplugged"


def test_indoors_a_vehicle_that_asks_for_ventilation_is_stopped() -> None:
    bench = Bench(FREELY)
    status = bench.plug(1, Vehicle(ventilation=True))
    assert bench.errors() == {22}
    assert status.last_charge_status == "Ventilation_Not_Allowed"
    assert status.power_w == 0
    assert bench.records()[0].stop_reason == "ventilation_not_allowed"
    bench.wait(1000)
    assert len(bench.records()) == 1
    bench.unplug()
    assert bench.errors() == set()


def test_outdoors_a_vehicle_that_asks_for_ventilation_charges() -> None:
    bench = Bench(PointRules(authorisation=FREE, indoor=False))
    status = bench.plug(1, Vehicle(ventilation=True))
    assert status.ev_state == "D_Ready_VR_3V_M12V"
    assert status.cpw_state == "Charging_StateD_Plus"
    assert "Ventilation required" in status.evse_status
    assert status.power_w == 22_080
    assert bench.errors() == set()


def test_a_cable_that_is_left_behind_becomes_an_error_after_half_a_minute() -> None:
    bench = Bench(FREELY)
    bench.plug()
    bench.fault("cable_left", True)
    bench.unplug()
    bench.wait(29)
    assert bench.errors() == set()
    bench.wait(2)
    assert bench.errors() == {14}
    assert bench.status().last_error == "KO_PlugStillDetected"
    bench.fault("cable_left", False)
    assert bench.errors() == set()
    assert bench.status().last_error == "KO_PlugStillDetected"


def test_a_cable_may_stay_where_that_is_allowed() -> None:
    bench = Bench(PointRules(authorisation=FREE, cable_may_stay=True))
    bench.plug()
    bench.fault("cable_left", True)
    bench.unplug()
    bench.wait(3600)
    assert bench.errors() == set()


def test_the_push_button_stops_a_charge_and_starts_it_again() -> None:
    bench = Bench(PointRules(authorisation=FREE, push_button=True))
    bench.plug()
    bench.input("push_button", True)
    assert bench.status().session is None
    bench.wait(60)
    assert bench.status().session is None
    bench.input("push_button", True)
    assert bench.status().power_w > 0
    assert [record.stop_reason for record in bench.records()] == ["push_button"]


def test_the_push_button_gives_no_charge_that_no_badge_began() -> None:
    bench = Bench(PointRules(authorisation=BY_BADGE, push_button=True))
    bench.plug()
    bench.input("push_button", True)
    assert bench.status().session is None


def test_a_push_button_that_is_not_activated_does_nothing() -> None:
    bench = Bench(FREELY)
    bench.plug()
    bench.input("push_button", True)
    assert bench.status().power_w > 0


def test_the_key_locks_the_station_and_frees_it_again() -> None:
    bench = Bench(PointRules(authorisation=FREE, key_lock=True))
    bench.plug()
    bench.input("key_lock", True)
    locked = bench.status()
    assert (locked.ev_state, locked.outlet_status) == ("F_NotAvailable", "OK_Unavailable")
    assert bench.records()[0].stop_reason == "key_lock"
    bench.wait(100)
    assert bench.status().session is None
    bench.input("key_lock", False)
    assert bench.status().power_w > 0


def test_nobody_starts_while_the_key_has_locked() -> None:
    bench = Bench(PointRules(authorisation=FREE, key_lock=True))
    bench.input("key_lock", True)
    bench.plug()
    assert bench.status().session is None


@pytest.mark.parametrize(("normally_open", "active"), [(True, True), (False, False)])
def test_the_load_shedding_input_lowers_the_current(normally_open: bool, active: bool) -> None:
    contact = Contact(name="input_1", normally_open=normally_open)
    bench = Bench(PointRules(authorisation=FREE, shedding=contact, shedding_current=10))
    bench.plug()
    bench.input("input_1", active)
    assert bench.status().offered_current == 10
    assert bench.status().limits[-1].source == "load_shedding_input"
    bench.input("input_1", not active)
    assert bench.status().offered_current == 32


def test_the_temporary_limit_pauses_below_what_a_wallbox_can_charge_with() -> None:
    contact = Contact(name="current_limit")
    bench = Bench(PointRules(authorisation=FREE, wallbox=True, limitation=contact, limitation_current=10))
    bench.plug()
    bench.input("current_limit", True)
    assert bench.status().offered_current == 0
    assert bench.status().session is not None
    bench.input("current_limit", False)
    assert bench.status().power_w > 0


def test_a_wallbox_gives_a_single_phase_vehicle_what_three_phases_would_not_get() -> None:
    bench = Bench(PointRules(authorisation=FREE, wallbox=True, derated=10))
    assert bench.plug(1, Vehicle(phases=3)).offered_current == 0
    bench.unplug()
    assert bench.plug(1, Vehicle(phases=1)).offered_current == 10


def test_a_delayed_start_postpones_and_interrupts() -> None:
    bench = Bench(PointRules(authorisation=FREE, delay=Contact(name="delayed_start")))
    bench.input("delayed_start", True)
    status = bench.plug()
    assert "Charge_Postpone" in status.evse_status
    assert status.offered_current == 0
    bench.input("delayed_start", False)
    assert bench.status().power_w > 0
    bench.input("delayed_start", True)
    assert bench.status().power_w == 0
    assert bench.status().session is not None


def test_the_condition_is_asked_before_the_charge_only() -> None:
    bench = Bench(PointRules(authorisation=FREE, condition=Contact(name="input_2")))
    assert "Charge_Postpone" in bench.plug().evse_status
    bench.input("input_2", True)
    assert bench.status().power_w > 0
    bench.input("input_2", False)
    assert bench.status().power_w > 0


def test_tripped_protection_stops_the_charge() -> None:
    bench = Bench(PointRules(authorisation=FREE, protection=Contact(name="input_1")))
    assert bench.errors() == {11}
    bench.input("input_1", True)
    bench.plug()
    assert bench.status().power_w > 0
    bench.input("input_1", False)
    assert bench.errors() == {11}
    assert bench.status().last_charge_status == "Circuit_Breaker_Open"
    assert bench.records()[0].stop_reason == "fault"


@pytest.mark.parametrize(
    ("fault", "number", "status"),
    [
        ("board_silent", 3, "Communication_Error"),
        ("lock", 4, "Unexpected_Unlock"),
        ("contactor", 5, "Unexpected_Contactor_Open"),
        ("surge_arrestor", 6, "Surge_Arrestor"),
        ("anti_intrusion", 7, "Anti_Intrusion"),
        ("pilot", 17, "Other"),
        ("plug_presence", 18, "Cable_Disconnected"),
        ("short_circuit", 20, "ShortCut"),
    ],
)
def test_each_fault_shows_its_error_and_ends_the_charge_once(fault: str, number: int, status: str) -> None:
    bench = Bench(PointRules(authorisation=BY_BADGE))
    bench.plug()
    bench.badge()
    bench.wait(60)
    bench.fault(fault, True)
    assert bench.errors() == {number}
    assert bench.status().last_charge_status == status
    assert bench.status().power_w == 0
    bench.wait(100)
    bench.fault(fault, False)
    bench.wait(100)
    bench.unplug()
    assert bench.errors() == set()
    assert [record.stop_reason for record in bench.records()] == ["fault"]
    assert bench.records()[0].duration_s == 60


@pytest.mark.parametrize("fault", ["board_silent", "lock", "contactor", "surge_arrestor", "anti_intrusion"])
def test_with_free_access_the_charge_goes_on_when_the_fault_is_over(fault: str) -> None:
    bench = Bench(FREELY)
    bench.plug()
    bench.fault(fault, True)
    bench.wait(10)
    assert bench.status().session is None
    bench.fault(fault, False)
    assert bench.status().power_w > 0
    assert bench.errors() == set()
    assert len(bench.records()) == 1


def test_a_city_station_watches_its_flap_and_others_do_not() -> None:
    city, other = Bench(PointRules(authorisation=FREE, flap=True)), Bench(FREELY)
    for bench in (city, other):
        bench.plug()
        bench.fault("flap_sensor", True)
    assert (city.errors(), other.errors()) == ({10}, set())
    assert city.status().last_error == "KO_OnStreetOpenShutterInCharge"


def test_an_overload_is_borne_for_five_seconds() -> None:
    bench = Bench(FREELY)
    bench.plug()
    bench.fault("overload", True)
    bench.wait(4)
    assert bench.errors() == set()
    bench.wait(2)
    assert bench.errors() == {21}
    assert bench.records()[0].duration_s == 5
    bench.fault("overload", False)
    bench.wait(10)
    assert bench.status().session is None
    bench.unplug()
    assert bench.errors() == set()


def test_a_vehicle_that_vanishes_in_charge_is_an_error() -> None:
    bench = Bench(FREELY)
    bench.plug()
    bench.fault("ev_vanishes", True)
    assert bench.errors() == {19}
    assert bench.status().last_charge_status == "EV_Disconnected"
    assert bench.records()[0].stop_reason == "vehicle_vanished"
    bench.fault("ev_vanishes", False)
    assert bench.errors() == set()


def test_a_clock_that_is_set_moves_the_start_and_leaves_the_duration() -> None:
    bench = Bench(FREELY)
    bench.plug()
    bench.wait(100)
    bench.points[0].shift(3600.0)
    bench.unplug()
    (record,) = bench.records()
    assert record.duration_s == 100
    assert (record.start.hour, record.start.minute) == (8, 0)
    assert (record.end - record.start).total_seconds() == 100
