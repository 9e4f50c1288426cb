"""How two charge points share a supply: the table of the domain, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.energy.allocation import Claim, Priority, allocate
from tests.core.energy.claims import ALL, claims_of_two, single_phase, three_phase

BOTH = [three_phase(1, started=10), three_phase(2, started=20)]
SINGLE, TOGETHER = single_phase(1, 1, started=1), single_phase(2, 1, started=2)
supplies = st.floats(min_value=0, max_value=200)
priorities = st.sampled_from(["charge_duration", "energy_delivered"])


@pytest.mark.parametrize(
    ("supply", "points", "claims", "shares"),
    [
        (32, "both charging", BOTH, {1: 16, 2: 16}),
        (28, "both", BOTH, {1: 14, 2: 14}),
        (26, "both: one is shed", BOTH, {1: 0, 2: 26}),
        (13, "both: nobody has his minimum", BOTH, {1: 0, 2: 0}),
        (32, "one limited to 8 A on L1", [single_phase(1, 1, maximum=8), three_phase(2)], {1: 8, 2: 24}),
        (24, "one on L1, one three-phase", [single_phase(1, 1), three_phase(2)], {1: 10, 2: 14}),
        (15, "two on the same phase: one is shed", [SINGLE, TOGETHER], {1: 0, 2: 15}),
        (15, "two on different phases", [single_phase(1, 1), single_phase(2, 2)], {1: 15, 2: 15}),
        (64, "a supply for both", BOTH, {1: 32, 2: 32}),
        (20, "one alone", [three_phase(1)], {1: 20}),
        (32, "one that uses 14 A", [three_phase(1, usable=14), three_phase(2)], {1: 14, 2: 18}),
        (
            32,
            "one that uses 14 A, with one whose cable carries 13 A",
            [three_phase(1, usable=14), three_phase(2, maximum=13)],
            {1: 19, 2: 13},
        ),
        (32, "two that use little", [three_phase(1, usable=9), three_phase(2, usable=9)], {1: 16, 2: 16}),
        (18, "three, of which two on L1", [SINGLE, TOGETHER, single_phase(3, 2)], {1: 9, 2: 9, 3: 18}),
        (32, "nobody", [], {}),
    ],
)
def test_the_table_of_the_domain_holds(
    supply: float, points: str, claims: list[Claim], shares: dict[int, float]
) -> None:
    assert allocate(claims, supply, "charge_duration") == pytest.approx(shares)


def test_the_session_that_started_first_is_shed_first() -> None:
    claims = [three_phase(1, started=20), three_phase(2, started=10)]
    assert allocate(claims, 26, "charge_duration") == pytest.approx({1: 26, 2: 0})


def test_the_session_that_delivered_most_is_shed_first_by_energy() -> None:
    claims = [three_phase(1, energy=900, started=20), three_phase(2, energy=100, started=10)]
    assert allocate(claims, 26, "energy_delivered") == pytest.approx({1: 0, 2: 26})


def test_a_point_that_is_shed_stays_shed_while_there_is_no_room_for_both() -> None:
    claims = [three_phase(1, energy=100), three_phase(2, energy=900)]
    shares = allocate(claims, 26, "energy_delivered", shed_before=frozenset({1}))
    assert shares == pytest.approx({1: 0, 2: 26})


def test_a_shed_point_that_still_fits_is_taken_back() -> None:
    small = Claim(point=1, lines=ALL, minimum=6.0, maximum=6.0, started=0.0, energy_wh=0.0)
    large = Claim(point=2, lines=ALL, minimum=8.0, maximum=8.0, started=1.0, energy_wh=0.0)
    assert allocate([small, large], 7, "charge_duration") == pytest.approx({1: 6, 2: 0})


@given(claims=claims_of_two(), supply=supplies, priority=priorities)
def test_no_phase_carries_more_than_the_supply(
    claims: list[Claim], supply: float, priority: Priority
) -> None:
    shares = allocate(claims, supply, priority)
    for line in (1, 2, 3):
        assert sum(shares[claim.point] for claim in claims if line in claim.lines) <= supply + 1e-6


@given(claims=claims_of_two(), supply=supplies, priority=priorities)
def test_everybody_has_nothing_or_something_from_minimum_to_maximum(
    claims: list[Claim], supply: float, priority: Priority
) -> None:
    shares = allocate(claims, supply, priority)
    for claim in claims:
        share = shares[claim.point]
        assert share == 0 or claim.minimum - 1e-9 <= share <= claim.maximum + 1e-6


@given(claims=claims_of_two(), supply=supplies, priority=priorities)
def test_nobody_is_shed_while_the_minimums_fit(
    claims: list[Claim], supply: float, priority: Priority
) -> None:
    fits = all(sum(c.minimum for c in claims if line in c.lines) <= supply for line in (1, 2, 3))
    shares = allocate(claims, supply, priority)
    assert not fits or all(share > 0 for share in shares.values())


@given(claims=claims_of_two(), supply=supplies, more=supplies, priority=priorities)
def test_more_supply_charges_no_fewer_and_takes_nothing_from_those_who_charge_with_both(
    claims: list[Claim], supply: float, more: float, priority: Priority
) -> None:
    less, plenty = (allocate(claims, each, priority) for each in (supply, supply + more))
    charging, charging_then = ({p for p, share in each.items() if share > 0} for each in (less, plenty))
    assert len(charging_then) >= len(charging)
    # One that was alone may have to share with another one that now has its minimum.
    if charging_then == charging:
        assert all(plenty[point] >= less[point] - 1e-6 for point in charging)


@given(claims=claims_of_two(), supply=supplies)
def test_no_room_is_left_that_somebody_could_have(claims: list[Claim], supply: float) -> None:
    shares = allocate(claims, supply, "charge_duration")
    loads = {line: sum(shares[c.point] for c in claims if line in c.lines) for line in (1, 2, 3)}
    for claim in claims:
        room = min(supply - loads[line] for line in claim.lines)
        if shares[claim.point] == 0:
            assert room < claim.minimum + 1e-6
        else:
            assert room < 1e-6 or shares[claim.point] >= claim.maximum - 1e-6


@given(claims=claims_of_two(), supply=supplies)
def test_nobody_has_more_than_he_uses_while_another_could_use_it(claims: list[Claim], supply: float) -> None:
    shares = allocate(claims, supply, "charge_duration")
    for claim in claims:
        for other in claims:
            lacks = 0 < shares[other.point] < other.wanted - 1e-6
            # Where they share no phase, neither can give the other anything.
            if lacks and claim.lines & other.lines and other.lines <= claim.lines:
                assert shares[claim.point] <= claim.wanted + 1e-6
