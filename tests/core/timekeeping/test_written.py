"""Local times as they are written, where the clocks change and where they do not."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.timekeeping.written import moment_of, offset_words
from core.timekeeping.zone_changes import next_change

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22 14:05", datetime(2026, 11, 22, 13, 5, tzinfo=UTC)),
        ("2026-11-22T14:05:30", datetime(2026, 11, 22, 13, 5, 30, tzinfo=UTC)),
        (" 2026-07-01 14:05:30 ", datetime(2026, 7, 1, 12, 5, 30, tzinfo=UTC)),
        ("2026-11-22 14:05Z", datetime(2026, 11, 22, 14, 5, tzinfo=UTC)),
        ("2026-11-22 14:05 -05:30", datetime(2026, 11, 22, 19, 35, tzinfo=UTC)),
        ("2026-10-25 02:30+02:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25 02:30+0100", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2000-01-01 00:00", datetime(1999, 12, 31, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_a_moment(text: str, moment: datetime) -> None:
    assert moment_of(text, PARIS) == moment


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "A date and a time are expected"),
        ("tomorrow", "A date and a time are expected"),
        ("2026-11-22", "A date and a time are expected"),
        ("٢٠٢٦-11-22 14:05", "A date and a time are expected"),
        ("1999-12-31 23:59", "The year is 2000 to 2099, got 1999"),
        ("2100-01-01 00:00", "The year is 2000 to 2099, got 2100"),
        ("2026-02-29 12:00", "There is no such date or time"),
        ("2026-02-28 24:00", "There is no such date or time"),
        ("2026-11-22 14:05+15:00", "An offset is -14:00 to +14:00"),
        (
            "2026-03-29 02:30",
            "There is no 02:30 in Europe/Paris on that day: the clocks leap over it to 03:00.",
        ),
        (
            "2026-10-25 02:30",
            (
                "02:30 comes twice in Europe/Paris on that day. "
                "Add which one is meant: 02:30+02:00 or 02:30+01:00."
            ),
        ),
    ],
)
def test_what_is_no_moment_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        moment_of(text, PARIS)
    assert said in refused.value.message


@given(st.text(max_size=60))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    with contextlib.suppress(Invalid):
        assert moment_of(text, PARIS).tzinfo is UTC


@given(
    st.sampled_from(sorted(available_timezones())),
    st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)),  # noqa: DTZ001
)
def test_what_a_clock_shows_is_read_back_in_every_zone(name: str, shown: datetime) -> None:
    zone = ZoneInfo(name)
    moment = shown.replace(microsecond=0, tzinfo=UTC)
    local = moment.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M:%S}"
    assert moment_of(text + offset_words(moment, zone), zone) == moment
    other = moment.astimezone(zone).replace(fold=1 - moment.astimezone(zone).fold).astimezone(UTC)
    if other == moment:
        assert moment_of(text, zone) == moment
    else:
        with pytest.raises(Invalid, match="comes twice"):
            moment_of(text, zone)


def test_the_next_change_of_a_zone_is_found_to_the_second() -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    assert next_change(PARIS, begin) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert next_change(PARIS, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == datetime(
        2026, 10, 25, 1, 0, tzinfo=UTC
    )
    lord_howe = next_change(ZoneInfo("Australia/Lord_Howe"), begin)
    assert lord_howe == datetime(2026, 4, 4, 15, 0, tzinfo=UTC)
    assert next_change(ZoneInfo("Asia/Tokyo"), begin) is None


@given(st.sampled_from(sorted(available_timezones())), st.integers(0, 40_000))
def test_nothing_changes_before_the_next_change(name: str, days: int) -> None:
    zone, now = ZoneInfo(name), datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=days % 36_000)
    change = next_change(zone, now)
    if change is not None:
        before, after = (
            moment.astimezone(zone).utcoffset() for moment in (change - timedelta(seconds=1), change)
        )
        assert before != after
        assert now.astimezone(zone).utcoffset() == before
