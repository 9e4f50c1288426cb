"""Which charge points bookings keep, whatever they are."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.charge_points.bookings import booked_points, booking_of, in_force, is_booker
from core.values.outside import Booking

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
bookings = st.lists(
    st.builds(
        Booking,
        number=st.integers(1, 5),
        point=st.sampled_from([None, 1, 2]),
        uid=st.sampled_from(["", "AABBCC", "ddeeff"]),
        until=st.sampled_from([NOW - timedelta(seconds=1), NOW, NOW + timedelta(seconds=1)]),
        origin=st.sampled_from(["ocpp", "plc"]),
        parent=st.sampled_from(["", "FLEET"]),
    ),
    max_size=4,
)


@given(made=bookings, free=st.sets(st.sampled_from([1, 2])))
def test_a_booking_for_any_charge_point_keeps_free_ones_only_and_none_too_many(
    made: list[Booking], free: set[int]
) -> None:
    kept = booked_points(made, free)
    own = {booking.point for booking in made if booking.point is not None}
    assert own <= set(kept)
    for_any = [point for point, booking in kept.items() if booking.point is None]
    promised = sum(booking.point is None for booking in made)
    assert set(for_any) <= free - own
    assert len(for_any) <= promised
    left = len(free - own) - len(for_any)
    assert left == 0 or len(free - own) > promised


@given(
    made=bookings,
    uid=st.sampled_from(["", "aabbcc", "DDEEFF", "112233"]),
    parent=st.sampled_from(["", "fleet"]),
)
def test_who_uses_a_booking_is_its_booker_and_that_of_the_charge_point_comes_first(
    made: list[Booking], uid: str, parent: str
) -> None:
    found = booking_of(made, 1, uid, parent)
    mine = [each for each in made if each.point in {None, 1} and is_booker(each, uid, parent)]
    assert (found is None) == (not mine)
    if found is not None:
        assert found in mine
        assert found.point == 1 or all(each.point is None for each in mine)


@given(made=bookings)
def test_a_booking_holds_until_its_moment(made: list[Booking]) -> None:
    assert all(booking.until > NOW for booking in in_force(made, NOW))


def test_nobody_is_the_booker_of_what_is_kept_for_nobody() -> None:
    assert not is_booker(Booking(number=1, point=1, uid="", until=NOW, origin="plc"), "", "")
