"""How two charge points share a supply: the table of the domain, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.energy.allocation import Claim, allocate

ALL = frozenset({1, 2, 3})


def three_phase(point: int, *, maximum: float = 32.0, started: float = 0.0, energy: float = 0.0) -> Claim:
    return Claim(point=point, lines=ALL, minimum=14.0, maximum=maximum, started=started, energy_wh=energy)


def single_phase(point: int, line: int, *, maximum: float = 32.0, started: float = 0.0) -> Claim:
    return Claim(
        point=point,
        lines=frozenset({line}),
        minimum=min(8.0, maximum),
        maximum=maximum,
        started=started,
        energy_wh=0.0,
    )


BOTH = [three_phase(1, started=10), three_phase(2, started=20)]


@pytest.mark.parametrize(
    ("supply", "claims", "shares"),
    [
        (32, BOTH, {1: 16, 2: 16}),
        (28, BOTH, {1: 14, 2: 14}),
        (26, BOTH, {1: 0, 2: 26}),
        (13, BOTH, {1: 0, 2: 0}),
        (32, [single_phase(1, 1, maximum=8), three_phase(2)], {1: 8, 2: 24}),
        (24, [single_phase(1, 1), three_phase(2)], {1: 10, 2: 14}),
        (15, [single_phase(1, 1, started=1), single_phase(2, 1, started=2)], {1: 0, 2: 15}),
        (15, [single_phase(1, 1), single_phase(2, 2)], {1: 15, 2: 15}),
        (64, BOTH, {1: 32, 2: 32}),
        (20, [three_phase(1)], {1: 20}),
    ],
)
def test_the_table_of_the_domain_holds(supply: float, claims: list[Claim], shares: dict[int, float]) -> None:
    assert allocate(claims, supply, "charge_duration") == pytest.approx(shares)


def test_a_full_phase_holds_nobody_back_on_another_one() -> None:
    claims = [single_phase(1, 1), single_phase(2, 1), single_phase(3, 2)]
    assert allocate(claims, 18, "charge_duration") == pytest.approx({1: 9, 2: 9, 3: 18})


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


def test_nobody_claims_nothing_is_shared() -> None:
    assert allocate([], 32, "charge_duration") == {}


@st.composite
def claims_of_two(draw: st.DrawFn) -> list[Claim]:
    found = []
    for point in (1, 2):
        lines = draw(st.sampled_from([ALL, frozenset({1}), frozenset({2}), frozenset({3})]))
        maximum = draw(st.floats(min_value=6, max_value=80))
        minimum = min(14.0 if lines == ALL else 8.0, maximum)
        found.append(
            Claim(
                point=point,
                lines=lines,
                minimum=minimum,
                maximum=maximum,
                started=draw(st.floats(min_value=0, max_value=100)),
                energy_wh=draw(st.floats(min_value=0, max_value=100)),
            )
        )
    return found


@given(
    claims=claims_of_two(),
    supply=st.floats(min_value=0, max_value=200),
    priority=st.sampled_from(["charge_duration", "energy_delivered"]),
)
def test_the_supply_is_never_exceeded_and_everybody_has_nothing_or_enough(
    claims: list[Claim], supply: float, priority: str
) -> None:
    shares = allocate(
        claims, supply, "charge_duration" if priority == "charge_duration" else "energy_delivered"
    )
    for line in (1, 2, 3):
        assert sum(shares[claim.point] for claim in claims if line in claim.lines) <= supply + 1e-6
    for claim in claims:
        share = shares[claim.point]
        assert share == 0 or claim.minimum - 1e-9 <= share <= claim.maximum + 1e-6


@given(claims=claims_of_two(), supply=st.floats(min_value=0, max_value=200))
def test_no_room_is_left_that_somebody_could_use(claims: list[Claim], supply: float) -> None:
    shares = allocate(claims, supply, "charge_duration")
    loads = {line: sum(shares[c.point] for c in claims if line in c.lines) for line in (1, 2, 3)}
    for claim in claims:
        room = min(supply - loads[line] for line in claim.lines)
        if shares[claim.point] == 0:
            assert room < claim.minimum + 1e-6
        else:
            assert room < 1e-6 or shares[claim.point] >= claim.maximum - 1e-6
