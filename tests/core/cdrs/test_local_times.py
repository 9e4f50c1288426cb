"""Times as text, against the standard library."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cdrs.local_times import FORM, LocalTimes

ZONES = sorted(available_timezones())
moments = st.integers(0, int(datetime(2045, 1, 1, tzinfo=UTC).timestamp()))


@given(zone=st.sampled_from(ZONES), several=st.lists(moments, min_size=1, max_size=5))
def test_a_moment_is_written_as_the_standard_library_does(zone: str, several: list[int]) -> None:
    times = LocalTimes(ZoneInfo(zone))
    for moment in several:
        assert times.text(moment) == datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime(FORM)


@pytest.mark.parametrize(
    "zone",
    ["Europe/Oslo", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC"],
)
def test_every_half_hour_of_a_year_is_right(zone: str) -> None:
    here = ZoneInfo(zone)
    times = LocalTimes(here)
    begin = int(datetime(2011, 1, 1, tzinfo=UTC).timestamp())
    for moment in range(begin, begin + 366 * 86_400, 1800):
        assert times.text(moment) == datetime.fromtimestamp(moment, here).strftime(FORM)
