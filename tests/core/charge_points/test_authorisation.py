"""The decision table of authorisation, cell by cell."""

import itertools
from typing import Literal, NamedTuple, get_args

import pytest

from core.charge_points.authorisation import AuthorisationRules, Decision, Location, decide, is_free
from core.values.badges import Badge


def badge(kind: Literal["user", "vip", "admin"]) -> Badge:
    return Badge(number=1, uid="E1EB1C02", type=kind)


UNKNOWN, ACCEPTED, ADMIN, IGNORED, ASK = (
    Decision.UNKNOWN,
    Decision.ACCEPTED,
    Decision.ADMINISTRATOR,
    Decision.IGNORED,
    Decision.ASK,
)


class Cell(NamedTuple):
    """A row of the decision table: by what the badge is in the register; remembered: accepted before.

    `rejects` is the strategy: that for unknown badges, or, with supervision, the one while its link is lost.
    """

    location: Location
    rejects: bool
    linked: bool
    unknown: Decision
    remembered: Decision
    user: Decision
    user_remembered: Decision
    admin: Decision


TABLE = (
    #    location           rejects linked unknown  remembered  user      user_remembered admin
    Cell("charging_station", True,  True,  UNKNOWN,  UNKNOWN,    ACCEPTED, ACCEPTED,        ADMIN),
    Cell("charging_station", True,  False, UNKNOWN,  UNKNOWN,    ACCEPTED, ACCEPTED,        ADMIN),
    Cell("charging_station", False, True,  ACCEPTED, ACCEPTED,   ACCEPTED, ACCEPTED,        ADMIN),
    Cell("charging_station", False, False, ACCEPTED, ACCEPTED,   ACCEPTED, ACCEPTED,        ADMIN),
    Cell("supervision",      True,  True,  ASK,      ASK,        ASK,      ASK,             ADMIN),
    Cell("supervision",      True,  False, UNKNOWN,  ACCEPTED,   UNKNOWN,  ACCEPTED,        ADMIN),
    Cell("supervision",      False, True,  ASK,      ASK,        ASK,      ASK,             ADMIN),
    Cell("supervision",      False, False, ACCEPTED, ACCEPTED,   ACCEPTED, ACCEPTED,        ADMIN),
    Cell("remote",           True,  True,  IGNORED,  IGNORED,    IGNORED,  IGNORED,         IGNORED),
    Cell("remote",           True,  False, IGNORED,  IGNORED,    IGNORED,  IGNORED,         IGNORED),
    Cell("remote",           False, True,  IGNORED,  IGNORED,    IGNORED,  IGNORED,         IGNORED),
    Cell("remote",           False, False, IGNORED,  IGNORED,    IGNORED,  IGNORED,         IGNORED),
    Cell("disable",          True,  True,  IGNORED,  IGNORED,    IGNORED,  IGNORED,         ADMIN),
    Cell("disable",          True,  False, IGNORED,  IGNORED,    IGNORED,  IGNORED,         ADMIN),
    Cell("disable",          False, True,  IGNORED,  IGNORED,    IGNORED,  IGNORED,         ADMIN),
    Cell("disable",          False, False, IGNORED,  IGNORED,    IGNORED,  IGNORED,         ADMIN),
)  # fmt: skip


def test_the_table_has_every_location_strategy_and_state_of_the_link_once() -> None:
    every = set(itertools.product(get_args(Location), (True, False), (True, False)))
    assert {cell[:3] for cell in TABLE} == every
    assert len(TABLE) == len(every)


@pytest.mark.parametrize("cell", TABLE, ids=lambda cell: f"{cell.location}-{cell.rejects}-{cell.linked}")
def test_location_strategy_link_and_badge_give_the_decision(cell: Cell) -> None:
    rules = AuthorisationRules(location=cell.location, reject_unknown=cell.rejects)
    assert decide(rules, None, linked=cell.linked) is cell.unknown
    assert decide(rules, None, linked=cell.linked, remembered=True) is cell.remembered
    for kind in ("user", "vip"):
        assert decide(rules, badge(kind), linked=cell.linked) is cell.user
        assert decide(rules, badge(kind), linked=cell.linked, remembered=True) is cell.user_remembered
    for remembered in (False, True):
        assert decide(rules, badge("admin"), linked=cell.linked, remembered=remembered) is cell.admin


def test_only_a_station_without_authentication_charges_whoever_plugs_in() -> None:
    free = AuthorisationRules(location="disable", reject_unknown=False)
    assert is_free(free)
    assert not is_free(AuthorisationRules(location="remote", reject_unknown=False))
    assert not is_free(AuthorisationRules(location="charging_station", reject_unknown=False))


def test_a_station_that_waits_for_a_remote_command_is_not_free() -> None:
    rules = AuthorisationRules(location="disable", reject_unknown=False, remote_command=True)
    assert not is_free(rules)
    assert decide(rules, badge("user")) is IGNORED
