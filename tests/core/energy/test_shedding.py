"""A shed charge point comes back only after there was room for a minute."""

from core.energy.shedding import Shed, shares_of
from tests.core.energy.claims import three_phase

FIRST, SECOND = three_phase(1, started=0), three_phase(2, started=10)
BOTH = [FIRST, SECOND]


def test_one_that_is_shed_has_nothing_and_is_remembered() -> None:
    shares = shares_of(BOTH, 26, "charge_duration", {}, at=100)
    assert (shares.current, shares.shed) == ({1: 0, 2: 26}, {1: None})
    assert shares.next_change() is None


def test_it_comes_back_after_a_minute_of_room_and_not_a_moment_before() -> None:
    shed: Shed = {1: None}
    waits = shares_of([FIRST], 26, "charge_duration", shed, at=100)
    assert (waits.current, waits.shed, waits.next_change()) == ({1: 0}, {1: 100}, 160)
    still = shares_of([FIRST], 26, "charge_duration", waits.shed, at=159.9)
    assert (still.current, still.shed) == ({1: 0}, {1: 100})
    back = shares_of([FIRST], 26, "charge_duration", still.shed, at=160)
    assert (back.current, back.shed) == ({1: 26}, {})


def test_room_that_goes_again_begins_to_count_anew() -> None:
    waits = shares_of([FIRST], 26, "charge_duration", {1: None}, at=100)
    gone = shares_of(BOTH, 26, "charge_duration", waits.shed, at=130)
    assert (gone.current, gone.shed) == ({1: 0, 2: 26}, {1: None})
    again = shares_of([FIRST], 26, "charge_duration", gone.shed, at=150)
    assert again.shed == {1: 150}


def test_the_other_one_has_everything_while_it_waits_and_shares_when_it_is_back() -> None:
    waits = shares_of(BOTH, 32, "charge_duration", {1: None}, at=0)
    assert waits.current == {1: 0, 2: 32}
    back = shares_of(BOTH, 32, "charge_duration", waits.shed, at=60)
    assert back.current == {1: 16, 2: 16}


def test_the_priority_by_energy_does_not_make_two_charges_take_turns() -> None:
    less, more = three_phase(1, energy=1000), three_phase(2, energy=1001)
    first = shares_of([less, more], 26, "energy_delivered", {}, at=0)
    assert first.current == {1: 26, 2: 0}
    ahead = three_phase(1, energy=5000)
    assert shares_of([ahead, more], 26, "energy_delivered", first.shed, at=900).current == {1: 26, 2: 0}


def test_a_charge_that_ends_is_forgotten_and_the_next_one_begins_at_once() -> None:
    without = shares_of([SECOND], 32, "charge_duration", {1: None}, at=0)
    assert without.shed == {}
    assert shares_of(BOTH, 32, "charge_duration", without.shed, at=1).current == {1: 16, 2: 16}
