"""What is pasted, from mark to mark, in whatever pieces and among whatever else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.transfer.marked_text import BEGIN, END, from_lines, to_lines
from console.transfer.pasted import BULK, MARGIN, Pasted, TooLong


def pasted(*pieces: bytes, largest: int = 10_000) -> Pasted:
    taking = Pasted(largest)
    for piece in pieces:
        taking.feed(piece)
    return taking


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"admin\r", b"typed", b"\x1b[200~", b"\x1b[A", b"\xff\xfe", b"x" * 300]),
    st.sampled_from([b"", b"\r", b"\r\nls\r", b"\x1b[201~"]),
    st.lists(st.integers(min_value=0, max_value=2000), max_size=6),
)
def test_a_file_is_found_among_what_else_is_typed(
    content: bytes, before: bytes, after: bytes, cuts: list[int]
) -> None:
    text = before + "\r".join(to_lines("a.csv", content)).encode() + after
    places = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    taken = pasted(*(text[a:b] for a, b in itertools.pairwise(places)))
    assert taken.is_complete
    assert from_lines(taken.lines) == ("a.csv", content)


@given(st.binary(max_size=400))
def test_no_bytes_crash_it(data: bytes) -> None:
    assert not pasted(data, b"\r", data).is_complete


def test_flow_control_within_a_text_is_no_part_of_it() -> None:
    text = "\r".join(to_lines("a.csv", b"some text")).encode()
    taken = pasted(b"\x11".join(text[at : at + 7] + b"\x13\x00" for at in range(0, len(text), 7)))
    assert from_lines(taken.lines) == ("a.csv", b"some text")


def test_a_text_that_begins_anew_counts_from_there() -> None:
    taken = pasted(f"{BEGIN}\rhalf\r{BEGIN}\rwhole\r{END}".encode())
    assert taken.lines == ["whole"]


def test_what_is_longer_than_any_file_of_its_kind_is_not_kept() -> None:
    with pytest.raises(TooLong):
        pasted(f"{BEGIN}\r".encode(), b"x" * (100 * BULK + MARGIN), largest=100)


def test_what_comes_before_the_first_mark_is_not_kept_either() -> None:
    taken = pasted(*[b"x" * 10_000] * 50, largest=100)
    assert len(taken._rest) <= MARGIN
