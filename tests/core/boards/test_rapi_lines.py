"""Lines of RAPI, against the checksums that its description prints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.boards.rapi_lines import BUFFER, Decoder, Line, command, read_line
from core.boards.rapi_states import read_state, seen

WORDS = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:", min_size=1, max_size=6)


@pytest.mark.parametrize("printed", [b"$GS^30\r", b"$GU^36\r", b"$GG^24\r", b"$GC^20\r", b"$GV^35\r"])
def test_a_command_has_the_checksum_that_the_description_prints(printed: bytes) -> None:
    assert command(printed[1:3].decode()) == printed


def test_a_command_that_the_board_could_not_take_in_is_refused() -> None:
    command("FP", "0", "0", "A" * (BUFFER - 12))
    with pytest.raises(ValueError, match="32 bytes"):
        command("FP", "0", "0", "A" * (BUFFER - 11))


@given(kind=st.sampled_from(["OK", "NK", "AT", "AB"]), values=st.lists(WORDS, max_size=6), cuts=st.data())
def test_a_line_is_read_however_it_comes_in_pieces(kind: str, values: list[str], cuts: st.DataObject) -> None:
    body = ("$" + " ".join([kind, *values])).encode()
    total = 0
    for byte in body:
        total ^= byte
    stream = b"\x00noise\r" + body + b"^%02x\r" % total
    decoder, found, at = Decoder(), [], 0
    while at < len(stream):
        size = cuts.draw(st.integers(1, len(stream) - at))
        found += decoder.feed(stream[at : at + size])
        at += size
    assert found == [Line(kind, tuple(values))]


@given(values=st.lists(WORDS, max_size=4), place=st.integers(0, 40), bit=st.integers(0, 6))
def test_a_flipped_bit_is_never_read_as_another_line(values: list[str], place: int, bit: int) -> None:
    whole = command("OK", *values)[:-1] if len(" ".join(values)) < 20 else command("OK")[:-1]
    place %= len(whole)
    flipped = whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :]
    read = read_line(flipped)
    # A digit of the checksum may change its case, which says the same.
    assert read is None or read == read_line(whole)


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_no_bytes_of_a_board_harm_the_decoder(pieces: list[bytes]) -> None:
    decoder = Decoder()
    for piece in pieces:
        for line in decoder.feed(piece):
            assert line.kind.isalnum()
    assert len(decoder._held) <= 80


@given(st.lists(st.text(max_size=8), max_size=6))
def test_no_values_harm_the_state(values: list[str]) -> None:
    state = read_state(tuple(values))
    if state is not None:
        seen(state)


@pytest.mark.parametrize("state", range(256))
def test_no_state_but_those_of_a_healthy_vehicle_is_modulated_or_without_an_error(state: int) -> None:
    read = read_state((f"{state:02x}", "0", "03", "0140"))
    assert read is not None
    shown = seen(read)
    if state == 0:
        assert shown is None
        return
    assert shown is not None
    if state in {1, 2, 3, 254, 255}:
        assert shown.reported == frozenset()
    elif state != 5:
        assert shown.reported
    assert shown.modulated == (state in {2, 3, 4})
