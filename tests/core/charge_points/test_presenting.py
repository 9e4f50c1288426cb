"""Badges and the one reader of two charge points."""

from core.charge_points.authorisation import AuthorisationRules
from core.charge_points.rules import PointRules
from core.values.badges import Badge
from tests.core.charge_points.bench import BY_BADGE, Bench

RULES = PointRules(authorisation=BY_BADGE)
STRICT = PointRules(authorisation=AuthorisationRules(location="charging_station", reject_unknown=True))
ANNA = Badge(number=1, uid="E1EB1C02", type="user", comment="Anna")
KEEPER = Badge(number=2, uid="00C0FFEE", type="admin")


def uids(bench: Bench) -> list[str | None]:
    return [point.session.uid if point.session else None for point in bench.points]


def test_a_badge_may_come_before_the_vehicle() -> None:
    bench = Bench(RULES)
    bench.badge(known=ANNA)
    assert bench.status().outlet_status == "OK_PlugProcedureStarted"
    bench.wait(59)
    bench.plug()
    session = bench.status().session
    assert session is not None
    assert (session.uid, session.comment) == ("E1EB1C02", "Anna")


def test_a_badge_without_vehicle_is_let_go_after_a_minute() -> None:
    bench = Bench(RULES)
    bench.badge()
    bench.wait(61)
    assert bench.status().last_error == "KO_PlugNotDetected"
    bench.plug()
    assert bench.status().session is None


def test_the_same_badge_ends_its_charge_and_may_begin_another() -> None:
    bench = Bench(RULES)
    bench.plug()
    bench.badge()
    bench.badge()
    assert bench.status().session is None
    assert bench.status().outlet_status == "OK_ChargeLoopEnded"
    assert bench.records()[0].stop_reason == "badge"
    bench.badge()
    assert bench.status().power_w > 0


def test_another_badge_does_not_end_the_charge() -> None:
    bench = Bench(RULES)
    bench.plug()
    bench.badge("E1EB1C02")
    bench.badge("3F420F")
    assert uids(bench) == ["E1EB1C02"]
    assert bench.status().last_error == "KO_BadgeIsNotTheCurrentUser"


def test_an_administrators_badge_ends_any_charge_and_begins_none() -> None:
    bench = Bench(RULES)
    bench.plug()
    bench.badge("E1EB1C02")
    bench.badge(KEEPER.uid, known=KEEPER)
    assert bench.records()[0].stop_reason == "admin_badge"
    bench.badge(KEEPER.uid, known=KEEPER)
    assert uids(bench) == [None]


def test_an_unknown_badge_is_refused_where_only_known_ones_charge() -> None:
    bench = Bench(STRICT)
    bench.plug()
    bench.badge("3F420F")
    assert bench.status().last_error == "KO_BadgeUnknown"
    assert uids(bench) == [None]
    bench.badge(ANNA.uid, known=ANNA)
    assert uids(bench) == [ANNA.uid]


def test_the_reader_of_two_points_means_the_one_that_was_plugged_in_first() -> None:
    bench = Bench(RULES, points=2)
    bench.plug(2)
    bench.wait(5)
    bench.plug(1)
    bench.badge("3F420F")
    assert uids(bench) == [None, "3F420F"]
    bench.badge("E1EB1C02")
    assert uids(bench) == ["E1EB1C02", "3F420F"]


def test_the_reader_of_two_points_serves_the_point_that_is_plugged_in_next_and_only_that() -> None:
    bench = Bench(RULES, points=2)
    bench.badge("3F420F")
    bench.plug(2)
    bench.plug(1)
    assert uids(bench) == [None, "3F420F"]


def test_the_reader_of_two_points_means_the_free_one_while_the_other_charges() -> None:
    bench = Bench(RULES, points=2)
    bench.plug(1)
    bench.badge("E1EB1C02")
    bench.badge("3F420F")
    bench.plug(2)
    assert uids(bench) == ["E1EB1C02", "3F420F"]


def test_a_third_badge_at_two_charging_points_is_nobodys() -> None:
    bench = Bench(RULES, points=2)
    for point, uid in ((1, "E1EB1C02"), (2, "3F420F")):
        bench.plug(point)
        bench.badge(uid)
    bench.badge("AABBCC")
    assert uids(bench) == ["E1EB1C02", "3F420F"]
    assert bench.status(1).last_error == "KO_BadgeIsNotTheCurrentUser"
