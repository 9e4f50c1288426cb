"""The decision table of authorisation, cell by cell."""

from typing import Literal

import pytest

from core.charge_points.authorisation import AuthorisationRules, Decision, Location, decide, is_free
from core.values.records import Badge


def badge(kind: Literal["user", "vip", "admin"]) -> Badge:
    return Badge(number=1, uid="E1EB1C02", type=kind)


UNKNOWN, ACCEPTED, ADMIN, IGNORED = (
    Decision.UNKNOWN,
    Decision.ACCEPTED,
    Decision.ADMINISTRATOR,
    Decision.IGNORED,
)


@pytest.mark.parametrize(
    ("location", "rejects", "unknown", "user", "admin"),
    [
        ("charging_station", True, UNKNOWN, ACCEPTED, ADMIN),
        ("charging_station", False, ACCEPTED, ACCEPTED, ADMIN),
        ("supervision", True, UNKNOWN, ACCEPTED, ADMIN),
        ("supervision", False, ACCEPTED, ACCEPTED, ADMIN),
        ("remote", True, IGNORED, IGNORED, IGNORED),
        ("remote", False, IGNORED, IGNORED, IGNORED),
        ("disable", True, IGNORED, IGNORED, ADMIN),
        ("disable", False, IGNORED, IGNORED, ADMIN),
    ],
)
def test_location_strategy_and_badge_give_the_decision(
    location: Location, rejects: bool, unknown: Decision, user: Decision, admin: Decision
) -> None:
    rules = AuthorisationRules(location=location, reject_unknown=rejects)
    assert decide(rules, None) is unknown
    assert decide(rules, badge("user")) is user
    assert decide(rules, badge("vip")) is user
    assert decide(rules, badge("admin")) is admin


def test_only_a_station_without_authentication_charges_whoever_plugs_in() -> None:
    free = AuthorisationRules(location="disable", reject_unknown=False)
    assert is_free(free)
    assert not is_free(AuthorisationRules(location="remote", reject_unknown=False))
    assert not is_free(AuthorisationRules(location="charging_station", reject_unknown=False))


def test_a_station_that_waits_for_a_remote_command_is_not_free() -> None:
    rules = AuthorisationRules(location="disable", reject_unknown=False, remote_command=True)
    assert not is_free(rules)
    assert decide(rules, badge("user")) is IGNORED
