"""From settings and hardware to the rules of a charge point."""

from core.charge_points.authorisation import AuthorisationRules
from core.charge_points.configured import input_names, priority_of, rules_of
from core.charge_points.rules import Contact, PointRules
from core.profile import load_profile
from core.settings.store import Settings


def rules(profile: str, point: int = 1, **saved: str) -> PointRules:
    hardware = load_profile(profile)
    values = {key.replace("__", "."): value for key, value in saved.items()}
    return rules_of(hardware, Settings(hardware, values), point)


def test_a_parking_station_from_the_factory_takes_any_badge_and_balances() -> None:
    found = rules("parking-2")
    assert found.authorisation == AuthorisationRules(location="charging_station", reject_unknown=False)
    assert (found.rated, found.derated, found.phases) == (32, 32, 3)
    assert (found.balancing, found.wallbox, found.indoor, found.cable_may_stay) == (True, False, True, False)
    assert (found.protection, found.shedding, found.condition, found.delay) == (None, None, None, None)


def test_inputs_of_a_parking_station_follow_their_functions() -> None:
    shedding = rules("parking-2", socket__1__input_1="load_shedding", socket__1__load_shedding_set_point="12")
    assert (shedding.shedding, shedding.shedding_current) == (Contact(name="input_1"), 12)
    watching = rules(
        "parking-2", 2, socket__2__input_1="protection_devices", socket__2__input_1_normally_open="no"
    )
    assert watching.protection == Contact(name="input_1", normally_open=False)
    waiting = rules("parking-2", socket__1__input_2="conditional_start")
    assert waiting.condition == Contact(name="input_2")


def test_a_city_station_watches_its_breaker_whatever_its_inputs_do() -> None:
    found = rules("city-2", socket__1__input_1="load_shedding")
    assert found.protection == Contact(name="circuit_breaker")
    assert found.flap
    assert not found.cable_may_stay


def test_a_wallbox_has_contacts_of_its_own_and_lets_the_cable_stay() -> None:
    found = rules(
        "wallbox-key",
        socket__1__current_limit_contact="normally_closed",
        socket__1__temporary_current_limit="10",
    )
    assert found.delay == Contact(name="delayed_start")
    assert found.limitation == Contact(name="current_limit", normally_open=False)
    assert found.limitation_current == 10
    assert (found.wallbox, found.cable_may_stay, found.key_lock, found.push_button) == (True,) * 4
    assert found.derated == 16


def test_a_wallbox_without_reader_may_wait_for_a_remote_command() -> None:
    assert not rules("wallbox-key").authorisation.remote_command
    assert rules("wallbox-key", general__remote_command_required="yes").authorisation.remote_command


def test_unknown_badges_are_rejected_only_where_badges_are_read() -> None:
    found = rules("parking-2", general__authentication_strategy="reject_unknown")
    assert found.authorisation.reject_unknown
    assert not rules("wallbox-key").authorisation.reject_unknown


def test_the_wiring_of_the_contactor_says_which_phase_is_loaded() -> None:
    assert rules("parking-2", 2, meter__2__phases="meter_123_contactor_312").lines == (3, 1, 2)


def test_a_station_with_one_point_has_nobody_to_shed() -> None:
    hardware = load_profile("parking-1")
    assert priority_of(hardware, Settings(hardware, {})) == "charge_duration"
    assert not rules("parking-1").balancing


def test_inputs_rest_so_that_nothing_is_wrong() -> None:
    assert input_names(load_profile("parking-1")) == {"input_1": False, "input_2": False}
    assert input_names(load_profile("city-2"))["circuit_breaker"]
    assert "key_lock" in input_names(load_profile("wallbox-key"))
    assert "key_lock" not in input_names(load_profile("wallbox-rfid"))
