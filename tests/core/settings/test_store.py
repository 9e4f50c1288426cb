"""Planning and taking over changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Conflict, NotAllowed, NotFound, StationError
from core.settings.plan import Plan
from core.settings.rows import catalogue_keys, is_secret, station_rows
from core.settings.store import Settings
from core.values.setting import Value
from core.values.settings import SettingView
from tests.core.settings.guide import NO_ADDRESS
from tests.core.settings.stations import SHIPPED, fresh, station

SECRET = "correct-horse-battery"


def change(settings: Settings, account: str = "admin", **changes: Value) -> Settings:
    """Plan and accept, as storing it in between would."""
    plan = settings.plan({key.replace("__", "."): value for key, value in changes.items()}, account=account)
    assert plan.problems == ()
    settings.accept(plan)
    return settings


def view(settings: Settings, key: str, account: str = "admin") -> SettingView:
    return next(each for each in settings.views(account) if each.key == key)


def test_a_plan_alone_changes_nothing() -> None:
    settings = fresh()
    plan = settings.plan({"socket.1.derated_current": 16}, account="admin")
    assert settings.value("socket.1.derated_current") == 32
    settings.accept(plan)
    assert settings.value("socket.1.derated_current") == 16


def test_a_plan_says_what_changes_from_what_to_what() -> None:
    plan = fresh().plan(
        {"socket.1.derated_current": "16 A", "general.station_location": "indoor"}, account="admin"
    )
    (only,) = plan.changes
    assert (only.key, only.old, only.new, only.takes_effect) == ("socket.1.derated_current", 32, 16, "now")
    assert plan.texts == {"socket.1.derated_current": "16"}


def test_one_wrong_value_keeps_all_others_from_being_saved() -> None:
    settings = fresh()
    plan = settings.plan({"socket.1.derated_current": 16, "socket.2.derated_current": 99}, account="admin")
    assert [problem.key for problem in plan.problems] == ["socket.2.derated_current"]
    assert plan.changes == ()
    assert dict(plan.texts) == {}
    with pytest.raises(ValueError, match="problems"):
        settings.accept(plan)
    assert settings.value("socket.1.derated_current") == 32


def test_every_problem_is_listed_at_once() -> None:
    plan = fresh().plan(
        {
            "socket.1.derated_current": 99,
            "time.zone": "Nowhere",
            "network.default_gateway": "10.0.0.1",
            "publication.frequency": "daily",
        },
        account="admin",
    )
    assert {problem.key for problem in plan.problems} == {
        "socket.1.derated_current",
        "time.zone",
        "network.default_gateway",
        "publication.smtp.server",
        "publication.smtp.sender",
        "publication.smtp.receivers",
    }


def test_an_unknown_key_is_answered_with_a_near_one() -> None:
    with pytest.raises(NotFound, match=r"did you mean socket\.1\.derated_current\?"):
        fresh().plan({"socket.1.derated": 16}, account="admin")


def test_a_near_key_that_the_account_may_not_read_is_not_suggested() -> None:
    with pytest.raises(NotFound) as refused:
        fresh().plan({"socket.1.derated": 16}, account="user")
    assert "derated_current" not in refused.value.message


def test_a_setting_of_another_station_is_not_found() -> None:
    with pytest.raises(NotFound, match="this station does not have"):
        fresh("wallbox-key").plan({"energy.load_balancing": "no"}, account="admin")


def test_a_setting_without_the_right_to_write_is_refused_by_name_before_its_value_is_looked_at() -> None:
    with pytest.raises(NotAllowed, match=r"energy\.load_balancing"):
        fresh().plan({"energy.load_balancing": "nonsense"}, account="user")


@pytest.mark.parametrize("account", ["", "root", "ADMIN"])
def test_an_account_that_there_is_not_sees_and_writes_nothing(account: str) -> None:
    assert fresh().views(account) == ()
    with pytest.raises(NotAllowed):
        fresh().plan({"general.station_location": "outdoor"}, account=account)


def test_the_machine_s_own_commands_have_the_administrator_s_rights() -> None:
    assert [each.key for each in fresh().views("local")] == [each.key for each in fresh().views("admin")]
    change(fresh(), "local", socket__1__derated_current=16)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("network.ip_address_2", "follows from other settings"),
        ("socket.1.rated_current", "fixed at the factory"),
        ("socket.1.type", "fixed at the factory"),
    ],
)
def test_what_is_fixed_or_computed_cannot_be_set_by_anybody(key: str, reason: str) -> None:
    for account in ("admin", "local"):
        with pytest.raises(NotAllowed, match=reason):
            fresh().plan({key: "10.0.0.1"}, account=account)


def test_a_value_changed_by_somebody_else_is_a_conflict_with_the_value_of_now() -> None:
    settings = change(fresh(), socket__1__derated_current=20)
    with pytest.raises(Conflict) as conflict:
        settings.plan(
            {"socket.1.derated_current": 16, "general.station_location": "outdoor"},
            account="admin",
            seen={"socket.1.derated_current": 32, "general.station_location": "indoor"},
        )
    assert conflict.value.details == {"socket.1.derated_current": "20"}
    assert settings.value("general.station_location") == "indoor"


def test_the_same_value_seen_as_text_is_no_conflict() -> None:
    fresh().plan({"socket.1.derated_current": 16}, account="admin", seen={"socket.1.derated_current": "32 A"})


def test_somebody_else_s_change_to_the_same_value_is_no_conflict() -> None:
    settings = change(fresh(), socket__1__derated_current=16)
    plan = settings.plan(
        {"socket.1.derated_current": 16}, account="admin", seen={"socket.1.derated_current": 32}
    )
    assert plan.changes == ()


def test_a_setting_that_is_idle_can_be_set() -> None:
    settings = fresh()
    assert not view(settings, "time.ntp_server").relevant
    change(settings, time__ntp_server="ntp.example.org")
    assert settings.value("time.ntp_server") == "ntp.example.org"


def test_the_maximum_shown_is_the_limit_in_force() -> None:
    settings = change(fresh(), socket__1__derated_current=20)
    assert view(settings, "socket.1.load_shedding_set_point").maximum == 20
    assert view(settings, "socket.2.load_shedding_set_point").maximum == 32


MAC = "02:00:5E:10:00:01"


def test_the_station_follows_another_hardware_address_only_after_its_restart() -> None:
    settings = change(fresh(), network__mac_address=MAC)
    built_in = view(settings, "network.mac_address").factory
    assert settings.value("network.mac_address") == MAC
    assert settings.text("network.mac_address") == built_in
    assert settings.restart_keys() == ("network.mac_address",)
    assert view(settings, "network.mac_address").running == built_in
    restarted = fresh(network__mac_address=MAC)
    assert restarted.text("network.mac_address") == MAC
    assert restarted.restart_keys() == ()


def test_a_plan_says_that_a_restart_is_needed_only_when_it_is() -> None:
    settings = fresh()
    assert settings.plan({"network.mac_address": MAC}, account="admin").restart_needed
    assert not settings.plan({"network.ip_address": "192.168.0.110"}, account="admin").restart_needed


def test_the_station_follows_what_is_tried_out_and_shows_what_is_saved() -> None:
    settings = fresh()
    settings.try_out({"network.ip_address": "192.168.0.110"})
    shown = view(settings, "network.ip_address")
    assert settings.text("network.ip_address") == "192.168.0.110"
    assert (shown.value, shown.running, shown.on_trial) == ("192.168.0.102", "192.168.0.110", True)
    assert settings.restart_keys() == ()
    settings.try_out({})
    assert settings.text("network.ip_address") == "192.168.0.102"
    assert not view(settings, "network.ip_address").on_trial


def test_a_computed_address_is_announced_but_not_stored() -> None:
    plan = fresh().plan({"network.ip_address": "192.168.0.110"}, account="admin")
    assert [each.key for each in plan.changes] == ["network.ip_address", "network.ip_address_2"]
    assert list(plan.texts) == ["network.ip_address"]


def test_a_secret_is_kept_and_never_shown() -> None:
    settings = fresh()
    assert not view(settings, "publication.smtp.password").set
    plan = settings.plan({"publication.smtp.password": SECRET}, account="admin")
    settings.accept(plan)
    assert settings.text("publication.smtp.password") == SECRET
    assert plan.changes[0].new is None
    assert view(settings, "publication.smtp.password").set
    shown = repr((plan.changes, plan.notes, plan.problems, settings.views("admin")))
    assert SECRET not in shown


def test_a_secret_that_is_tried_out_is_not_shown_either() -> None:
    settings = fresh("wallbox-key", wifi__passphrase="another-long-one")
    settings.try_out({"wifi.passphrase": SECRET})
    assert settings.text("wifi.passphrase") == SECRET
    shown = repr(settings.views("admin"))
    assert SECRET not in shown
    assert "another-long-one" not in shown


def test_what_the_station_follows_is_only_said_where_it_differs() -> None:
    assert view(fresh(), "network.ip_address").running is None
    assert view(fresh(), "socket.1.derated_current").running is None


def test_a_secret_given_again_always_counts_as_changed() -> None:
    settings = change(fresh(), publication__smtp__password=SECRET)
    plan = settings.plan({"publication.smtp.password": SECRET}, account="admin")
    assert [each.key for each in plan.changes] == ["publication.smtp.password"]


def test_switching_supervision_on_moves_authentication_to_it_and_says_so() -> None:
    settings = fresh()
    plan = settings.plan(
        {
            "general.station_type": "supervised",
            "supervision.protocol": "ocpp16j",
            "supervision.primary_url": "ws://csms.example.org",
            "supervision.identity": "CS-01",
        },
        account="admin",
    )
    assert plan.problems == ()
    settings.accept(plan)
    assert settings.text("general.authentication_location") == "supervision"
    assert any("Supervision" in note.message for note in plan.notes)
    offered = {choice.value for choice in view(settings, "general.authentication_location").choices}
    assert offered == {"supervision", "disable"}
    change(settings, supervision__protocol="none")
    assert settings.text("general.authentication_location") == "charging_station"


def test_stored_texts_that_do_not_fit_this_station_are_left_aside_and_named() -> None:
    settings = Settings(
        station("city-2"),
        {"socket.1.input_1": "protection_devices", "gone.away": "1", "socket.1.derated_current": "20"},
    )
    assert settings.value("socket.1.input_1") == "not_used"
    assert settings.value("socket.1.derated_current") == 20
    assert [problem.key for problem in settings.unreadable] == ["socket.1.input_1"]


def test_a_mistake_that_was_there_before_does_not_block_another_change() -> None:
    settings = fresh("wallbox-key", wifi__ip_address="10.0.0.1")
    assert [problem.key for problem in settings.inconsistencies()] == ["wifi.ip_address"]
    change(settings, socket__1__derated_current=20)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_station_as_delivered_is_consistent(name: str) -> None:
    assert fresh(name).inconsistencies() == ()
    assert fresh(name).unreadable == ()


@pytest.mark.parametrize(
    ("name", "expected"), [("city-2", False), ("wallbox-key", True), ("wallbox-rfid", True)]
)
def test_leaving_the_cable_is_fixed_where_it_is_no_setting(name: str, expected: bool) -> None:
    assert fresh(name).is_on("general.leave_cable_connected") is expected


def test_every_station_can_answer_for_what_decides_a_charge() -> None:
    for name in SHIPPED:
        settings = fresh(name)
        for key in ("general.remote_command_required", "energy.load_balancing", "general.push_button"):
            settings.is_on(key)
        settings.text("general.authentication_strategy")
        settings.number("socket.1.temporary_current_limit")


def test_a_reader_of_the_wrong_type_is_a_mistake_of_the_program() -> None:
    settings = fresh()
    with pytest.raises(TypeError):
        settings.number("time.zone")
    with pytest.raises(TypeError):
        settings.text("socket.1.derated_current")
    with pytest.raises(TypeError):
        settings.is_on("time.zone")
    with pytest.raises(KeyError):
        settings.value("no.such_key")


def plan_or_refusal(
    settings: Settings, changes: dict[str, Value], account: str, seen: dict[str, Value]
) -> Plan | StationError:
    try:
        return settings.plan(changes, account=account, seen=seen)
    except StationError as refused:
        return refused


ANY_KEY = st.one_of(st.sampled_from(sorted(catalogue_keys())), st.text(max_size=30))
ANY_VALUE = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.sampled_from(
        ["yes", "no", "ocpp16j", "daily", "supervised", "192.168.0.254", "255.255.255.252", NO_ADDRESS]
    ),
)


@given(
    name=st.sampled_from(SHIPPED),
    account=st.sampled_from(["admin", "user", "local", "nobody"]),
    changes=st.dictionaries(ANY_KEY, ANY_VALUE, max_size=6),
    seen=st.dictionaries(ANY_KEY, ANY_VALUE, max_size=3),
)
def test_any_change_ends_in_a_plan_or_in_a_refusal(
    name: str, account: str, changes: dict[str, Value], seen: dict[str, Value]
) -> None:
    settings = fresh(name)
    before = settings.views("admin")
    plan = plan_or_refusal(settings, changes, account, seen)
    assert settings.views("admin") == before
    if isinstance(plan, StationError):
        assert plan.message.isprintable()
        return
    if not plan.problems:
        settings.accept(plan)
        assert settings.inconsistencies() == ()
        stored = Settings(station(name), plan.texts)
        assert stored.unreadable == ()
        assert all(
            stored.value(key) == settings.value(key)
            for key in (row.key for row in station_rows(station(name)))
        )


VALID = st.fixed_dictionaries(
    {},
    optional={
        "socket.1.derated_current": st.integers(0, 32),
        "socket.1.load_shedding_set_point": st.integers(0, 32),
        "socket.1.input_1": st.sampled_from(["not_used", "load_shedding"]),
        "energy.load_balancing": st.sampled_from(["yes", "no"]),
        "network.ip_address": st.integers(0, 255).map("192.168.0.{}".format),
        "network.subnet_mask": st.sampled_from(["255.255.255.0", "255.255.255.128", "255.255.0.0"]),
        "network.default_gateway": st.integers(0, 255).map("192.168.0.{}".format),
        "publication.smtp.password": st.sampled_from(["", SECRET]),
        "time.mode": st.sampled_from(["manual", "ntp_server"]),
        "time.ntp_server": st.sampled_from(["", "pool.ntp.org"]),
    },
)


@given(steps=st.lists(VALID, max_size=4))
def test_what_is_accepted_always_obeys_the_rules(steps: list[dict[str, Value]]) -> None:
    settings = fresh()
    for changes in steps:
        plan = settings.plan(changes, account="admin")
        if not plan.problems:
            settings.accept(plan)
        assert settings.inconsistencies() == ()
        assert SECRET not in repr((plan.changes, plan.problems, plan.notes))


def test_secrets_are_known_by_their_key() -> None:
    assert is_secret("publication.smtp.password")
    assert is_secret("supervision.client_key")
    assert not is_secret("publication.smtp.username")
    assert not is_secret("no.such_key")
