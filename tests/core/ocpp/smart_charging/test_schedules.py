"""Which limit holds when: by examples of the specification, and against a model of every second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from core.ocpp.smart_charging.composite import composite
from core.ocpp.smart_charging.installing import still_meant, with_profile, without
from core.ocpp.smart_charging.profiles import Installed, Profile, fault_of, read_profile
from core.ocpp.smart_charging.stacking import Charge, changes_next, charge_limit, station_limit
from tests.core.ocpp.smart_charging.examples import BEGIN, at, installed, payload, profile, stamp

CHARGING = Charge(connector=1, number=7, since=at(100), phases=3)
IDLE = Charge(connector=1)


def limits(found: list[Installed], charge: Charge, *moments: float) -> list[float | None]:
    return [charge_limit(found, charge, at(moment)) for moment in moments]


def test_an_absolute_profile_goes_by_the_clock() -> None:
    found = [installed(1, 1, "TxDefaultProfile", (0, 16), (60, 8), starts=10, duration=120)]
    assert limits(found, IDLE, 9, 10, 69, 70, 129, 130) == [None, 16, 16, 8, 8, None]


def test_a_relative_profile_goes_by_the_begin_of_the_charge() -> None:
    found = [installed(0, 1, "TxDefaultProfile", (0, 16), (60, 8), kind="Relative", starts=None)]
    assert limits(found, CHARGING, 99, 100, 160, 10_000) == [None, 16, 8, 8]
    assert limits(found, IDLE, 100, 160) == [None, None]


def test_a_daily_profile_comes_again_every_day() -> None:
    found = [
        installed(1, 1, "TxDefaultProfile", (0, 16), kind="Recurring", recurrencyKind="Daily", duration=3600)
    ]
    day = 24 * 3600
    assert limits(found, IDLE, -1, 0, 3599, 3600, day - 1, day, 30 * day + 5) == [
        None, 16, 16, None, None, 16, 16,
    ]  # fmt: skip


def test_the_highest_stack_level_counts_while_it_is_in_force() -> None:
    found = [
        installed(1, 1, "TxDefaultProfile", (0, 16), level=0),
        installed(1, 2, "TxDefaultProfile", (0, 8), level=3, starts=50, duration=10),
    ]
    assert limits(found, IDLE, 49, 50, 59, 60) == [16, 8, 8, 16]


def test_the_profile_of_a_charge_counts_before_the_defaults_and_only_for_that_charge() -> None:
    found = [
        installed(1, 1, "TxDefaultProfile", (0, 8), level=5),
        installed(1, 2, "TxProfile", (0, 16), level=0, charge=7, kind="Relative", starts=None),
    ]
    assert limits(found, CHARGING, 200) == [16]
    assert limits(found, Charge(connector=1, number=8, since=at(100)), 200) == [8]


def test_a_default_of_one_connector_counts_before_that_of_all() -> None:
    found = [installed(0, 1, "TxDefaultProfile", (0, 8)), installed(2, 2, "TxDefaultProfile", (0, 20))]
    assert limits(found, IDLE, 1) == [8]
    assert charge_limit(found, Charge(connector=2), at(1)) == 20


@pytest.mark.parametrize(("phases", "current"), [(3, 10), (1, 30)])
def test_a_limit_in_watts_is_for_all_phases_together(phases: int, current: float) -> None:
    found = [installed(1, 1, "TxDefaultProfile", (0, 6900), unit="W")]
    charge = Charge(connector=1, number=7, since=at(0), phases=phases)
    assert charge_limit(found, charge, at(1)) == current


def test_a_validity_bounds_a_profile() -> None:
    found = [installed(1, 1, validFrom=stamp(20), validTo=stamp(30))]
    assert limits(found, IDLE, 19, 20, 29, 30) == [None, 10, 10, None]


def test_a_time_without_a_zone_is_utc() -> None:
    given_time = payload()
    given_time["validFrom"] = "2026-03-02T12:00:00"
    assert read_profile(given_time).valid_from == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("connector", "wrong", "said"),
    [
        (1, profile(1, "TxDefaultProfile", (5, 10)), "first period"),
        (1, profile(1, "TxDefaultProfile", (0, 10), (0, 11)), "after the one before"),
        (1, profile(1, "TxDefaultProfile", (0, -1)), "0 or more"),
        (1, profile(level=11), "stack level"),
        (1, profile(duration=0), "duration"),
        (1, profile(kind="Recurring"), "how often"),
        (1, profile(1, "ChargePointMaxProfile"), "connector 0"),
        (0, profile(1, "ChargePointMaxProfile", kind="Relative"), "relative"),
        (0, profile(1, "TxProfile"), "one connector"),
        (1, profile(validFrom=stamp(5), validTo=stamp(5)), "ends before"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said(connector: int, wrong: Profile, said: str) -> None:
    assert said in fault_of(wrong, connector)


def test_a_profile_takes_the_place_of_its_like() -> None:
    first = installed(1, 1, "TxDefaultProfile", (0, 8))
    same_id = installed(2, 1, "TxDefaultProfile", (0, 9), level=4)
    same_place = installed(1, 2, "TxDefaultProfile", (0, 10))
    other = installed(1, 3, "TxDefaultProfile", (0, 11), level=1)
    assert with_profile((first,), same_id) == (same_id,)
    assert with_profile((first,), same_place) == (same_place,)
    assert with_profile((first,), other) == (first, other)


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({}, []),
        ({"id": 1}, [2, 3]),
        ({"id": 9}, [1, 2, 3]),
        ({"connectorId": 0}, [1, 3]),
        ({"chargingProfilePurpose": "TxDefaultProfile"}, [3]),
        ({"stackLevel": 0, "connectorId": 1}, [2, 3]),
    ],
)
def test_what_is_cleared_is_what_fits_every_word(wanted: dict[str, object], left: list[int]) -> None:
    found = (
        installed(1, 1, "TxDefaultProfile"),
        installed(0, 2, "TxDefaultProfile"),
        installed(1, 3, "TxProfile", level=1, charge=7),
    )
    assert [each.profile.charging_profile_id for each in without(found, wanted)] == left


def test_a_profile_goes_with_its_charge() -> None:
    default, own = installed(1, 1, "TxDefaultProfile"), installed(1, 2, "TxProfile", charge=7)
    assert still_meant((default, own), {1: 7}) == (default, own)
    assert still_meant((default, own), {1: 8}) == (default,)
    assert still_meant((default, own), {1: None}) == (default,)


SPAN = 200


@st.composite
def profiles(draw: DrawFn) -> Installed:
    """Profiles that begin, end and change within a few minutes."""
    moments = st.integers(-SPAN, SPAN)
    starts = sorted(draw(st.sets(st.integers(1, SPAN), max_size=4)))
    periods = [(start, float(draw(st.integers(0, 40)))) for start in (0, *starts)]
    kind = draw(st.sampled_from(["Absolute", "Relative", "Recurring"]))
    purpose = draw(st.sampled_from(["TxDefaultProfile", "TxProfile", "ChargePointMaxProfile"]))
    more: dict[str, object] = {}
    if kind == "Recurring":
        more["recurrencyKind"] = draw(st.sampled_from(["Daily", "Weekly"]))
    if draw(st.booleans()):
        more["duration"] = draw(st.integers(1, 2 * SPAN))
    if draw(st.booleans()):
        begins = draw(moments)
        more |= {"validFrom": stamp(begins), "validTo": stamp(begins + draw(st.integers(1, SPAN)))}
    days = draw(st.sampled_from([0, 0, 1, 7]))
    begin = None if kind == "Relative" else draw(moments) - days * 24 * 3600
    return Installed(
        connector=0 if purpose == "ChargePointMaxProfile" else draw(st.sampled_from([0, 1])),
        charge=draw(st.sampled_from([7, 8])) if purpose == "TxProfile" else None,
        profile=profile(
            draw(st.integers(1, 9)),
            purpose,
            *periods,
            level=draw(st.integers(0, 3)),
            kind=kind,
            starts=begin,
            **more,
        ),
    )


def naive_period(one: Profile, now: datetime, since: datetime | None) -> float | None:
    """The limit of a profile at a moment, by trying every begin that it could have."""
    schedule = one.charging_schedule
    begins = [since if one.charging_profile_kind == "Relative" else schedule.start_schedule]
    if one.charging_profile_kind == "Recurring" and schedule.start_schedule is not None:
        days = 1 if one.recurrency_kind == "Daily" else 7
        begins = [schedule.start_schedule + timedelta(days=days * turn) for turn in range(10)]
    begun = [begin for begin in begins if begin is not None and begin <= now]
    if not begun or (one.valid_from and now < one.valid_from) or (one.valid_to and now >= one.valid_to):
        return None
    into = (now - max(begun)).total_seconds()
    if schedule.duration is not None and into >= schedule.duration:
        return None
    return [each.limit for each in schedule.charging_schedule_period if each.start_period <= into][-1]


def naive_limit(found: list[Installed], charge: Charge, now: datetime) -> float | None:
    """The limit of a charge point, by the words of the specification."""

    def best(purpose: str, connectors: tuple[int, ...]) -> float | None:
        ranked = [
            (each.profile.stack_level, each.connector, limit)
            for each in found
            if each.profile.charging_profile_purpose == purpose
            and each.connector in connectors
            and (purpose != "TxProfile" or each.charge == charge.number)
            and (limit := naive_period(each.profile, now, charge.since)) is not None
        ]
        return max(ranked, key=lambda each: each[:2])[2] if ranked else None

    own = None if charge.number is None else best("TxProfile", (charge.connector,))
    return own if own is not None else best("TxDefaultProfile", (0, charge.connector))


def at_their_places(found: list[Installed]) -> list[Installed]:
    """As they would be installed one after the other, no two for one place."""
    placed: tuple[Installed, ...] = ()
    for each in found:
        placed = with_profile(placed, each)
    return list(placed)


@given(st.lists(profiles(), max_size=5), st.sampled_from([CHARGING, IDLE]))
def test_the_composite_schedule_says_for_every_second_what_holds_then(
    some: list[Installed], charge: Charge
) -> None:
    found = [
        each
        for each in at_their_places(some)
        # A default for all gives way to one of the connector on its level, in force or not.
        if each.connector == charge.connector or each.profile.charging_profile_purpose != "TxDefaultProfile"
    ]

    def limit_at(moment: datetime) -> float:
        limit = charge_limit(found, charge, moment)
        return 99.0 if limit is None else limit

    whole = composite(BEGIN, SPAN, limit_at, lambda moment: changes_next(found, charge, moment))
    assert whole.duration == SPAN
    assert whole.stretches[0].start == 0
    for second in range(SPAN):
        said = [stretch.limit for stretch in whole.stretches if stretch.start <= second][-1]
        model = naive_limit(found, charge, at(second))
        assert said == (99.0 if model is None else model)


@given(st.lists(profiles(), max_size=5))
def test_the_limit_of_the_station_is_that_of_its_highest_profile(some: list[Installed]) -> None:
    found = at_their_places(some)
    for second in range(0, SPAN, 7):
        ranked = [
            (each.profile.stack_level, limit)
            for each in found
            if each.profile.charging_profile_purpose == "ChargePointMaxProfile"
            and (limit := naive_period(each.profile, at(second), None)) is not None
        ]
        assert station_limit(found, at(second), 3) == (max(ranked)[1] if ranked else None)
