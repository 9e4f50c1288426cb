"""From key events to lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.readers.evdev_keys import KeyLines
from core.readers.lines import GAP_SECONDS, LONGEST_LINE
from tests.core.readers.models.keyboard import (
    EV_KEY,
    EV_SYN,
    KEY_KPENTER,
    KEYS,
    SYN_DROPPED,
    event,
    stroke,
    typed,
)

UID = st.text("0123456789ABCDEF", min_size=1, max_size=20)
EVENTS = st.builds(
    event, st.integers(0, 5), st.one_of(st.sampled_from((2, 11, 28, 96, 42)), st.integers(0, 767)),
    st.integers(-1, 2),
)  # fmt: skip


def lines(*received: bytes) -> list[str]:
    keys = KeyLines()
    return [line for each in received for line in keys.feed(each, 0.0)]


@given(st.lists(UID, max_size=4), st.integers(1, 100))
def test_what_is_typed_comes_back_however_it_arrives(uids: list[str], size: int) -> None:
    stream = b"".join(map(typed, uids))
    assert lines(*(stream[at : at + size] for at in range(0, len(stream), size))) == uids


@given(st.one_of(st.lists(st.binary(max_size=100)), st.lists(EVENTS, max_size=60)))
def test_no_bytes_and_no_events_crash(pieces: list[bytes]) -> None:
    assert all(0 < len(line) <= LONGEST_LINE for line in lines(*pieces))
    assert lines(*pieces) == lines(b"".join(pieces))


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ((79, 80, 81, 75, 76, 77, 71, 72, 73, 82), "1234567890"),
        ((2, 3, 4, 5, 6, 7, 8, 9, 10, 11), "1234567890"),
        ((30, 48, 46, 32, 18, 33, 57, 12), "ABCDEF -"),
        ((16, 25, 44, 50), "QPZM"),
    ],
)
def test_key_codes_as_linux_numbers_them(codes: tuple[int, ...], text: str) -> None:
    assert lines(b"".join(map(stroke, codes)) + stroke(KEY_KPENTER)) == [text]


def test_a_line_with_another_key_is_left_out_and_the_next_one_is_read() -> None:
    assert lines(typed("12=34"), typed("3F420F")) == ["3F420F"]


def test_a_line_of_which_the_kernel_lost_events_is_left_out() -> None:
    stream = stroke(KEYS["1"]) + event(EV_SYN, SYN_DROPPED, 0) + typed("23456") + typed("3F420F")
    assert lines(stream) == ["3F420F"]


def test_half_a_line_is_not_joined_to_one_that_comes_later() -> None:
    keys = KeyLines()
    assert keys.feed(stroke(KEYS["1"]), 0.0) == []
    assert keys.feed(typed("3F420F"), GAP_SECONDS + 0.1) == ["3F420F"]


def test_a_flood_of_keys_is_left_out() -> None:
    assert lines(event(EV_KEY, 2, 1) * 10_000, typed("3F420F"), typed("E1EB1C02")) == ["E1EB1C02"]
