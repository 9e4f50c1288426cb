"""Whatever errors come, change and go in, and however the clock is set: the table stays whole."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.error_history import table
from core.values.error_records import MOST_ERROR_RECORDS, ErrorQuery
from core.values.status import ErrorStatus
from tests.stations import NOON

KEYS = st.tuples(st.sampled_from([6, 31]), st.sampled_from([None, 1, 2]))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["raise", "clear", "change", "restart"]),
        KEYS,
        st.integers(-5000, 5000),
        st.text(max_size=400),
    ),
    max_size=30,
)


def error(key: tuple[int, int | None], seconds: float, cause: str) -> ErrorStatus:
    since = NOON + timedelta(seconds=seconds)
    return ErrorStatus(number=key[0], name="Name", point=key[1], since=since, advice="Do it.", cause=cause)


@given(steps=STEPS)
def test_each_error_lasts_once_and_never_ends_before_it_began(
    steps: list[tuple[str, tuple[int, int | None], int, str]],
) -> None:
    link = sqlite3.connect(":memory:")
    link.executescript(table.SCHEMA)
    lasting: set[tuple[int, int | None]] = set()
    times = 0
    now = 0.0
    for what, key, seconds, cause in steps:
        now += seconds
        if what == "raise" and key not in lasting:
            table.raised(link, error(key, now, cause))
            lasting.add(key)
            times += 1
        elif what == "clear" and key in lasting:
            table.cleared(link, error(key, now, cause), NOON + timedelta(seconds=now))
            lasting.discard(key)
        elif what == "change" and key in lasting:
            table.changed(link, error(key, now, cause), seconds)
        elif what == "restart":
            table.close_all(link, NOON + timedelta(seconds=now))
            lasting.clear()
    found = table.find(link, ErrorQuery(last=MOST_ERROR_RECORDS))
    link.close()
    assert sorted((each.error, each.point or 0) for each in found if each.cleared is None) == sorted(
        (number, point or 0) for number, point in lasting
    )
    assert all(each.cleared is None or each.cleared >= each.raised for each in found)
    assert sum(each.times for each in found) == times
    assert all((each.ended == "") is (each.cleared is None) for each in found)
    assert all(len(each.cause) <= table.LONGEST_CAUSE for each in found)
