"""Cutting a stream into lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.readers.lines import GAP_SECONDS, LONGEST_LINE, Lines, Terminator

TERMINATORS = st.sampled_from(("any", "crlf", "cr", "lf"))
LINE = st.text("0123456789ABCDEF", min_size=1, max_size=LONGEST_LINE)
STREAM = st.lists(
    st.sampled_from((b"\r", b"\n", b"\r\n", b"3F", b"\0\xff", b"A" * LONGEST_LINE)), max_size=12
)
ENDS = {"any": b"\r\n", "crlf": b"\r\n", "cr": b"\r", "lf": b"\n"}


def fed(terminator: Terminator, *received: bytes) -> list[str]:
    lines = Lines(terminator)
    return [line for each in received for line in lines.feed(each, 0.0)]


@given(TERMINATORS, STREAM.map(b"".join), st.data())
def test_lines_do_not_depend_on_how_they_arrive(
    terminator: Terminator, stream: bytes, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    pieces = [stream[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert fed(terminator, *pieces) == fed(terminator, stream)
    assert fed(terminator, *(bytes([each]) for each in stream)) == fed(terminator, stream)


@given(TERMINATORS, st.lists(st.binary(max_size=200), max_size=8))
def test_no_bytes_crash_and_no_line_is_empty_or_too_long(terminator: Terminator, pieces: list[bytes]) -> None:
    assert all(0 < len(line) <= LONGEST_LINE for line in fed(terminator, *pieces))


@given(TERMINATORS, st.lists(LINE, max_size=5))
def test_what_was_sent_as_lines_comes_back(terminator: Terminator, sent: list[str]) -> None:
    stream = b"".join(line.encode() + ENDS[terminator] for line in sent)
    assert fed(terminator, stream) == sent


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\r\n\r\n"])
def test_any_end_of_a_line_is_understood_unless_one_is_named(end: bytes) -> None:
    assert fed("any", b"3F420F" + end + b"E1EB1C02" + end) == ["3F420F", "E1EB1C02"]


def test_a_line_that_is_too_long_is_left_out_and_the_next_one_is_read() -> None:
    assert fed("crlf", b"A" * 5000, b"B" * 5000, b"\r\n3F420F\r\n") == ["3F420F"]
    assert fed("crlf", b"A" * (LONGEST_LINE + 1) + b"\r\n3F420F\r\n") == ["3F420F"]


def test_half_a_line_is_not_joined_to_one_that_comes_later() -> None:
    lines = Lines()
    assert lines.feed(b"3F42", 0.0) == []
    assert lines.feed(b"E1EB1C02\r\n", GAP_SECONDS + 0.1) == ["E1EB1C02"]
    assert lines.feed(b"3F42", 10.0) == []
    assert lines.feed(b"0F\r\n", 10.0 + GAP_SECONDS) == ["3F420F"]


def test_a_flood_without_an_end_is_not_kept() -> None:
    lines = Lines("crlf")
    for _ in range(1000):
        lines.feed(b"A" * 4096, 0.0)
    assert len(lines._held) < 100
