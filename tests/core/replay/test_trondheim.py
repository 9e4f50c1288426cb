"""Reading the data set's form."""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.replay.trondheim import COLUMNS, ZONE, Flaw, energy_wh, local_time, sessions
from tests.core.replay.sample import SAMPLE

HEAD = ";".join(COLUMNS)


def one(row: str) -> Flaw | None:
    (session,) = sessions(f"{HEAD}\n{row}\n")
    return session.flaw


@given(st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2035, 1, 1)))  # noqa: DTZ001
def test_a_local_time_is_read_as_it_was_written(local: datetime) -> None:
    written = local.strftime("%d.%m.%Y %H:%M")
    there_and_back = local_time(written).astimezone(ZONE).strftime("%d.%m.%Y %H:%M")
    left_out_in_spring = local.month == 3 and local.day > 24 and local.hour == 2
    assert there_and_back == written or left_out_in_spring


@given(st.integers(min_value=0, max_value=10**7))
def test_energy_is_read_to_the_watt_hour(wh: int) -> None:
    assert energy_wh(f"{wh / 1000:.3f}".replace(".", ",")) == wh


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("21.12.2018 10:20", datetime(2018, 12, 21, 9, 20, tzinfo=UTC)),
        ("31.03.2019 01:59", datetime(2019, 3, 31, 0, 59, tzinfo=UTC)),
        ("31.03.2019 03:00", datetime(2019, 3, 31, 1, 0, tzinfo=UTC)),
        ("27.10.2019 02:30", datetime(2019, 10, 27, 0, 30, tzinfo=UTC)),
    ],
)
def test_both_clock_changes_are_known(local: str, utc: datetime) -> None:
    assert local_time(local) == utc


def test_a_session_over_the_hour_that_comes_twice_takes_its_real_time() -> None:
    (session,) = sessions(f"{HEAD}\n1;A-1;27.10.2019 02:50;27.10.2019 02:10;1,5\n")
    assert session.start is not None
    assert session.end is not None
    assert session.end - session.start == timedelta(minutes=20)
    assert session.flaw is None


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        ("1;A-1;21.12.2018 10:20;21.12.2018 10:23;0,3", None),
        ("1;A-1;21.12.2018 10:20;21.12.2018 10:20;0,3", None),
        ("1;A-1;21.12.2018 10:20;NA;0,3", Flaw.NO_END),
        ("1;A-1;NA;21.12.2018 10:20;0,3", Flaw.NO_START),
        ("1;A-1;21.12.2018 10:20;21.12.2018 10:19;0,3", Flaw.END_BEFORE_START),
        ("1;A-1;21.12.2018 10:20;21.12.2018 10:23;0", Flaw.NO_ENERGY),
        ("1;A-1;21.12.2018 10:20;21.12.2018 10:23;NA", Flaw.NO_ENERGY),
    ],
)
def test_a_session_that_cannot_be_replayed_says_why(row: str, flaw: Flaw | None) -> None:
    assert one(row) is flaw


@pytest.mark.parametrize(
    "row",
    ["x;A-1;21.12.2018 10:20;NA;0,3", "1;A-1;2018-12-21;NA;0,3", "1;A-1;NA;NA;-1", "1;A-1;NA;NA;inf", "1"],
)
def test_what_cannot_be_read_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(Invalid, match="Line 2"):
        one(row)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"{HEAD}\n{text}"):
        try:
            found = list(sessions(whole))
        except Invalid:
            continue
        assert all(session.flaw is not None or session.energy_wh for session in found)


def test_our_own_sample_is_of_this_form() -> None:
    flaws = Counter(session.flaw for session in sessions(SAMPLE.read_text(encoding="utf-8")))
    assert flaws == {None: 18, Flaw.NO_END: 1, Flaw.NO_ENERGY: 1, Flaw.END_BEFORE_START: 1}


@pytest.mark.data
def test_the_whole_data_set_is_read() -> None:
    folder = Path(os.environ.get("EVTTY_DATASET", Path(__file__).parents[4] / "shared" / "data"))
    file = folder / "trondheim-charging-reports.csv"
    if not file.exists():
        pytest.skip("the charging records are not here")
    found = list(sessions(file.read_text(encoding="utf-8")))
    assert (len(found), len({session.user for session in found})) == (6878, 97)
    assert Counter(session.flaw for session in found) == {None: 6844, Flaw.NO_END: 34}
