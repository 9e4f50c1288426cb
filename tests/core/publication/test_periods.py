from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.publication.due import Done, next_moment
from core.publication.periods import Frequency, last_end, moment, next_end, period_name

PARIS = ZoneInfo("Europe/Paris")
ZONES = ("Europe/Paris", "America/Sao_Paulo", "Africa/Cairo", "America/Havana", "Pacific/Apia", "Asia/Beirut")


@pytest.mark.parametrize(
    ("zone", "day", "at"),
    [
        ("Europe/Paris", date(2024, 3, 31), "2024-03-30T23:01Z"),
        ("America/Sao_Paulo", date(2017, 10, 15), "2017-10-15T03:01Z"),
        ("America/Sao_Paulo", date(2018, 2, 18), "2018-02-18T03:01Z"),
        ("America/Havana", date(2024, 11, 3), "2024-11-03T04:01Z"),
        ("Atlantic/Azores", date(2024, 3, 31), "2024-03-31T01:01Z"),
        ("Atlantic/Azores", date(2024, 10, 27), "2024-10-27T00:01Z"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:01Z"),
    ],
)
def test_0_01_is_one_moment_even_where_it_is_left_out_or_comes_twice(zone: str, day: date, at: str) -> None:
    assert moment(day, ZoneInfo(zone)) == datetime.fromisoformat(at)


def test_weeks_end_on_monday_and_months_on_the_first() -> None:
    noon = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    assert last_end("daily", noon, PARIS) == date(2026, 3, 4)
    assert last_end("weekly", noon, PARIS) == date(2026, 3, 2)
    assert last_end("monthly", noon, PARIS) == date(2026, 3, 1)
    assert next_end("daily", noon, PARIS) == date(2026, 3, 5)
    assert next_end("weekly", noon, PARIS) == date(2026, 3, 9)
    assert next_end("monthly", noon, PARIS) == date(2026, 4, 1)


def test_a_period_is_named_by_its_last_day_week_or_month() -> None:
    assert period_name("daily", date(2026, 3, 1), PARIS) == "2026-02-28"
    assert period_name("weekly", date(2026, 1, 5), PARIS) == "2026-W01"
    assert period_name("monthly", date(2026, 1, 1), PARIS) == "2025-12"
    assert period_name("daily", date(2011, 12, 31), ZoneInfo("Pacific/Apia")) == "2011-12-29"


@given(
    seconds=st.integers(946_684_800, 2_114_380_800),
    frequency=st.sampled_from(["daily", "weekly", "monthly"]),
    zone=st.sampled_from(ZONES),
)
def test_now_lies_between_the_last_end_and_the_next(seconds: int, frequency: Frequency, zone: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    there = ZoneInfo(zone)
    last, following = last_end(frequency, now, there), next_end(frequency, now, there)
    assert moment(last, there) <= now < moment(following, there)
    assert last_end(frequency, moment(following, there), there) >= following
    assert next_moment(Done(frequency=frequency, until=last), frequency, now, there) == moment(
        following, there
    )


def test_a_period_that_was_missed_is_due_at_once() -> None:
    now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    missed = Done(frequency="daily", until=date(2026, 3, 3))
    assert next_moment(missed, "daily", now, PARIS) < now


def test_after_a_step_back_the_next_end_is_one_that_was_not_published() -> None:
    now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    ahead = Done(frequency="daily", until=date(2026, 3, 5))
    assert next_moment(ahead, "daily", now, PARIS) - now > timedelta(days=1)
