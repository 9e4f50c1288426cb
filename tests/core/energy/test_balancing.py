"""The supply at every moment: whoever rises waits until the others have come down."""

import pytest

from core.energy.allocation import Claim
from core.energy.balancing import Balancing
from tests.core.energy.claims import ALL, single_phase, three_phase

FIRST, SECOND = three_phase(1, started=0), three_phase(2, started=10)


class Table:
    """A supply with charge points that follow it; a contactor is closed where current is offered."""

    def __init__(self, supply: float) -> None:
        self.balancing = Balancing(supply)
        self.offers: dict[int, float] = {}

    def at(self, moment: float, *claims: Claim) -> dict[int, float]:
        shares = self.balancing.shares(claims, "charge_duration", moment)
        self.why = {point: share.why for point, share in shares.items()}
        for claim in claims:
            self.tell(claim.point, shares[claim.point].current, moment, lines=claim.lines)
        return self.offers

    def tell(
        self, point: int, current: float, moment: float, *, lines: frozenset[int] = ALL, closed: bool = True
    ) -> None:
        self.balancing.told(point, current=current, lines=lines, closed=closed, at=moment)
        self.offers[point] = current


def test_the_second_vehicle_waits_until_the_first_has_had_time_to_follow() -> None:
    table = Table(32)
    assert table.at(0, FIRST) == {1: 32}
    assert table.at(100, FIRST, SECOND) == {1: 16, 2: 0}
    assert table.why == {
        1: "shared with charge point 2",
        2: "waits until nobody takes more than he is offered now",
    }
    assert table.balancing.next_change() == 110
    assert table.at(109.9, FIRST, SECOND) == {1: 16, 2: 0}
    assert table.at(110, FIRST, SECOND) == {1: 16, 2: 16}


def test_room_behind_an_open_contactor_is_there_at_once() -> None:
    table = Table(32)
    table.at(0, FIRST)
    table.tell(1, 0, 100, closed=False)
    assert table.at(100, SECOND)[2] == 32


def test_a_silent_board_keeps_what_it_was_told_last() -> None:
    table = Table(32)
    table.at(0, FIRST)
    table.at(10, FIRST, SECOND)
    table.at(20, FIRST, SECOND)
    assert table.at(3600, SECOND)[2] == 16


def test_a_board_that_falls_silent_before_it_heard_of_less_keeps_what_it_had() -> None:
    table = Table(32)
    table.at(0, FIRST)
    table.at(10, FIRST, SECOND)
    table.balancing.silent(1)
    assert table.at(3600, SECOND)[2] == 0
    table.tell(1, 14, 3600)
    assert table.at(3609, SECOND)[2] == 0
    assert table.at(3610, SECOND)[2] == 18


def test_after_the_start_nobody_takes_what_a_board_may_offer_that_is_not_heard_yet() -> None:
    table = Table(32)
    table.balancing.unheard(1, current=32, lines=ALL, at=0)
    assert table.at(1, SECOND)[2] == 0
    table.tell(1, 0, 2, closed=False)
    assert table.at(2, SECOND)[2] == 32


def test_a_board_that_is_heard_while_it_charges_has_time_to_follow() -> None:
    table = Table(32)
    table.balancing.unheard(1, current=32, lines=ALL, at=0)
    table.tell(1, 14, 2, closed=True)
    assert table.at(11, SECOND)[2] == 0
    assert table.at(12, SECOND)[2] == 18


def test_a_board_that_never_answers_is_taken_as_not_there() -> None:
    table = Table(32)
    table.balancing.unheard(1, current=32, lines=ALL, at=0)
    assert table.at(29, SECOND)[2] == 0
    assert table.balancing.next_change() == 30
    assert table.at(30, SECOND)[2] == 32


def test_one_on_a_phase_of_its_own_waits_for_nobody() -> None:
    table = Table(32)
    table.at(0, single_phase(1, 1))
    assert table.at(10, single_phase(1, 1), single_phase(2, 2)) == {1: 32, 2: 32}


def test_two_lowerings_in_a_row_are_both_waited_for() -> None:
    table = Table(32)
    table.at(0, three_phase(1, maximum=32))
    table.at(10, three_phase(1, maximum=20))
    table.at(13, three_phase(1, maximum=14))
    assert table.at(15, three_phase(1, maximum=14), SECOND)[2] == 0
    assert table.at(22, three_phase(1, maximum=14), SECOND)[2] == 0
    assert table.at(23, three_phase(1, maximum=14), SECOND)[2] == 18


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ([three_phase(1), three_phase(2)], "shared with charge point 2"),
        ([three_phase(1, usable=15), three_phase(2)], "its vehicle uses no more"),
        ([three_phase(1, maximum=13), three_phase(2)], ""),
        ([three_phase(1, maximum=63)], "all that the supply has"),
    ],
)
def test_a_share_says_why_it_is_not_more(claims: list[Claim], why: str) -> None:
    assert Balancing(32).shares(claims, "charge_duration", 0)[1].why == why


def test_one_that_is_shed_says_why() -> None:
    both = [FIRST, SECOND]
    first = Balancing(26).shares(both, "charge_duration", 0)[1]
    assert (first.current, first.why) == (0, "shed: the charge that began first gives way")
    energy = Balancing(26).shares([three_phase(1, energy=5), SECOND], "energy_delivered", 0)[1]
    assert energy.why == "shed: the charge that has taken most energy gives way"
    small = Balancing(13).shares(both, "charge_duration", 0)[1]
    assert small.why == "the supply has less than its minimum of 14 A"
    waiting = Balancing(26)
    waiting.shares(both, "charge_duration", 0)
    assert waiting.shares([FIRST], "charge_duration", 1)[1].why == "shed; comes back after 60 s of room"
