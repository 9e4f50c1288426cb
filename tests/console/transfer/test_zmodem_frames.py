"""ZMODEM is told from what somebody types."""

from __future__ import annotations

import itertools
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.transfer.zmodem_frames import CANCEL, ZFIN, ZRINIT, FrameReader

ZRINIT_HEADER = b"**\x18B0100000023be50\r\x8a\x11"
ZFIN_HEADER = b"**\x18B0800000000022d\r\x8a"
GIVING_UP = b"\x18" * 10 + b"\x08" * 10


def read(*pieces: bytes) -> tuple[list[int], bytes]:
    reader, found, typed = FrameReader(), [], b""
    for piece in pieces:
        kinds, rest = reader.feed(piece)
        found += kinds
        typed += rest
    return found, typed + reader.pause()


def in_pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[a:b] for a, b in itertools.pairwise(places)]


@given(st.lists(st.integers(min_value=0, max_value=200), max_size=8))
def test_keys_around_frames_are_kept_whatever_the_pieces(cuts: list[int]) -> None:
    data = b"a*" + ZRINIT_HEADER + b"b**c" + ZFIN_HEADER + b"OO" + b"d\x1b[A" + GIVING_UP + b"e"
    assert read(*in_pieces(data, cuts)) == ([ZRINIT, ZFIN, CANCEL], b"ab**cd\x1b[Ae")


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x18")), st.lists(st.integers(0, 99))
)
def test_nothing_that_is_typed_is_ever_taken_for_a_frame(text: str, cuts: list[int]) -> None:
    assert read(*in_pieces(text.encode(), cuts)) == ([], text.encode())


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    read(data)


def test_a_star_is_typed_once_it_is_clear_that_nothing_follows() -> None:
    reader = FrameReader()
    assert reader.feed(b"*") == ([], b"")
    assert reader.holds
    assert reader.pause() == b"*"
    assert not reader.holds


def test_data_that_still_streams_in_is_not_typed() -> None:
    data = b"*\x18C\x0a\x00\x00\x00\x00abcd" + b"some data of a file \x18E" * 20
    assert read(data)[1] == b""


@given(
    st.binary(max_size=120),
    st.sampled_from([ZFIN_HEADER, GIVING_UP]),
    st.lists(st.integers(0, 400), max_size=6),
)
def test_the_end_is_seen_behind_any_data_in_any_pieces(data: bytes, end: bytes, cuts: list[int]) -> None:
    begun = b"*\x18C\x0a\x00\x00\x00\x00" + data.replace(b"\x18", b"\x19") + b"." + end
    found, typed = read(*in_pieces(begun + b"x", cuts))
    assert (found[-1], typed) == (ZFIN if end == ZFIN_HEADER else CANCEL, b"x")


def test_the_end_is_seen_behind_data_that_looks_like_another() -> None:
    data = b"*\x18C\x0a\x00\x00\x00\x00" + b"**\x18B0100000023be51 and more"
    assert read(data + ZFIN_HEADER + b"OO" + b"x") == ([ZFIN], b"x")


@pytest.mark.peer("sz", "rz")
@pytest.mark.parametrize("program", [["sz", "--quiet", __file__], ["rz", "--quiet", "--zmodem"]])
def test_of_what_lrzsz_sends_nothing_is_typed_but_its_greeting(program: list[str], tmp_path: Path) -> None:
    output = subprocess.run(
        program,
        input=b"",
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
        timeout=20,
        check=False,
    ).stdout
    found, typed = read(output)
    assert found
    assert typed.strip(b"C") in (b"rz\r", b"")
