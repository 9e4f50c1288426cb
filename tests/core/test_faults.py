"""The catalogue of station errors against the guide's list."""

from core.charge_points.alarms import STOPS
from core.charge_points.simulated import fault_names
from core.fault_reference import ENDS, RAISED, reference
from core.faults import FAULTS

GUIDE = (1, *range(3, 23), 24, 30, 31)


def test_every_error_of_the_guide_is_there_once_and_no_other() -> None:
    assert tuple(FAULTS) == GUIDE
    assert all(fault.number == number for number, fault in FAULTS.items())


def test_every_error_has_a_name_and_says_what_to_do() -> None:
    assert all(fault.name and fault.advice.endswith(".") for fault in FAULTS.values())
    assert all(bool(fault.tab) == bool(fault.sub_tab) for fault in FAULTS.values())


def test_what_stops_a_charge_is_in_the_catalogue() -> None:
    assert STOPS.keys() <= FAULTS.keys()


def test_the_flap_is_a_city_stations() -> None:
    assert "flap_sensor" in fault_names("city")
    assert "flap_sensor" not in fault_names("parking")


def test_the_list_of_errors_says_of_each_what_raises_and_ends_it() -> None:
    assert tuple(RAISED) == GUIDE
    assert ENDS.keys() <= RAISED.keys()
    page = reference()
    assert page.count("## Err #") == len(GUIDE)
    assert "- Set right in: Energy management, Meters" in page
