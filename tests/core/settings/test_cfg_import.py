"""What a `.cfg` file makes of stations that are not like the one that wrote it."""

from __future__ import annotations

from core.settings.rows import is_secret
from core.settings.store import Settings
from core.values.setting import Value
from tests.core.settings.cfg_files import file_of, imported, planned, settled, shown
from tests.core.settings.stations import fresh

HEAD = "format = 1\nfamily = parking\n"


def test_a_station_with_one_charge_point_takes_what_it_has() -> None:
    first = settled("parking-2", {"socket.1.derated_current": 16, "socket.2.derated_current": 20})
    second = fresh("parking-1")
    found = imported(second, "parking-1", file_of(first, "parking-2"))
    assert second.number("socket.1.derated_current") == 16
    assert "socket.2.derated_current" in found.absent
    assert set(found.absent) <= first.rows.keys() - second.rows.keys()


def test_a_charge_point_that_the_file_does_not_know_stays_as_it_is() -> None:
    second = settled("parking-2", {"socket.2.derated_current": 16, "socket.1.derated_current": 16})
    found = imported(second, "parking-2", file_of(fresh("parking-1"), "parking-1"))
    assert second.number("socket.2.derated_current") == 16
    assert second.number("socket.1.derated_current") == 32
    assert "socket.2.derated_current" in found.left


def test_a_wrong_value_is_refused_even_where_the_setting_does_not_exist() -> None:
    _, found = planned(fresh("parking-1"), "parking-1", f"{HEAD}socket.2.derated_current = 99\n".encode())
    assert [problem.message for problem in found.problems] == [
        "Line 3, socket.2.derated_current: Derated charging current: 0 to 32 A, got 99"
    ]


def test_a_choice_that_the_other_hardware_does_not_have_refuses_the_file() -> None:
    file = file_of(fresh("parking-2"), "parking-2")
    _, found = planned(fresh("parking-without-reader"), "parking-without-reader", file)
    assert [problem.key for problem in found.problems] == ["general.authentication_location"]


def test_each_station_keeps_the_address_of_its_own_port() -> None:
    file = file_of(fresh("parking-2"), "parking-2")
    second = settled("parking-1", {"network.mac_address": "02:00:5E:10:00:01"})
    imported(second, "parking-1", file)
    assert second.value("network.mac_address") == fresh("parking-1").value("network.mac_address")
    assert str(fresh("parking-2").value("network.mac_address")) not in shown(second).values()


def test_an_address_that_somebody_chose_is_copied_with_a_warning() -> None:
    first = settled("parking-2", {"network.mac_address": "02:00:5E:10:00:01"})
    found = imported(fresh(), "parking-2", file_of(first, "parking-2"))
    assert [change.key for change in found.changes] == ["network.mac_address"]
    assert any("no two devices" in note.message for note in found.notes)


def test_the_network_can_be_left_as_it_is() -> None:
    first = settled("parking-2", {"network.ip_address": "192.168.0.60", "time.zone": "Europe/Paris"})
    second = settled("parking-2", {"network.ip_address": "192.168.0.70"})
    plan, found = planned(second, "parking-2", file_of(first, "parking-2"), keep_network=True)
    second.accept(plan)
    assert second.value("network.ip_address") == "192.168.0.70"
    assert second.value("time.zone") == "Europe/Paris"
    assert not found.restart_needed
    assert "network.ip_address" in found.left


def test_a_file_of_a_line_changes_only_that() -> None:
    second = settled("parking-2", {"socket.1.derated_current": 16})
    found = imported(second, "parking-2", f"{HEAD}time.zone = europe/paris\n".encode())
    assert [(change.key, change.old, change.new) for change in found.changes] == [
        ("time.zone", "UTC", "Europe/Paris")
    ]
    assert second.number("socket.1.derated_current") == 16
    assert "socket.1.derated_current" in found.left


def test_secrets_stay_as_they_are_and_are_told() -> None:
    second = settled("parking-2", {"publication.smtp.password": "Canary-0451"})
    found = imported(second, "parking-2", file_of(fresh(), "parking-2"))
    assert second.value("publication.smtp.password") == "Canary-0451"
    assert {each.key for each in found.secrets} == {key for key in second.rows if is_secret(key)}
    assert [each.key for each in found.secrets if each.set] == ["publication.smtp.password"]


def test_a_secret_that_the_copy_needs_and_lacks_is_told_and_does_not_stop_it() -> None:
    wishes = {
        "publication.smtp.username": "station",
        "publication.smtp.password": "Canary-0451",
        "publication.smtp.authentication": "yes",
    }
    first, second = settled("parking-2", wishes), fresh()
    assert first.is_on("publication.smtp.authentication")
    found = imported(second, "parking-2", file_of(first, "parking-2"))
    assert shown(second) == shown(first)
    assert any("is needed while Authentication required is on" in note.message for note in found.notes)


def test_an_idle_set_point_above_the_limit_is_copied_as_it_stands() -> None:
    first = fresh()
    for wish in ({"socket.1.load_shedding_set_point": 32}, {"socket.1.derated_current": 16}):
        first = settled("parking-2", {**shown_changes(first), **wish})
    assert first.number("socket.1.load_shedding_set_point") == 32
    second = fresh()
    imported(second, "parking-2", file_of(first, "parking-2"))
    assert shown(second) == shown(first)


def shown_changes(settings: Settings) -> dict[str, Value]:
    """What is not at its factory setting."""
    return {key: value for key, value in shown(settings).items() if value != settings.rows[key].factory}
