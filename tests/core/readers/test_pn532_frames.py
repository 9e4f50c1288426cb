"""The frames of a PN532, and what stands in its answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.readers.pn532 import sighting, version
from core.readers.pn532_frames import ACK, LONGEST, NACK, Decoder, Frame, Mark, encode
from core.readers.recovery import Sighting

DIRECTIONS = st.sampled_from((b"\xd4", b"\xd5", b"\x7f"))
CONTENT = st.builds(lambda first, rest: first + rest, DIRECTIONS, st.binary(max_size=LONGEST - 1))
PIECES = st.one_of(
    st.binary(max_size=40),
    CONTENT.map(encode),
    st.sampled_from((ACK, NACK, b"\x00", b"\x00\xff", b"\x00\xff\xff\xff", b"\x00\x00\xff\x05\xfb\xd5")),
)
QUIET = bytes(value % 250 + 1 for value in range(600))
"""Bytes without the start of a frame."""


def decoded(*received: bytes) -> list[Frame | Mark]:
    decoder = Decoder()
    return [item for each in received for item in decoder.feed(each)]


@pytest.mark.parametrize(
    ("content", "frame"),
    [
        ("D4 02", "00 00 FF 02 FE D4 02 2A 00"),
        ("D4 14 01 00 01", "00 00 FF 05 FB D4 14 01 00 01 16 00"),
        ("D4 4A 01 00", "00 00 FF 04 FC D4 4A 01 00 E1 00"),
        ("7F", "00 00 FF 01 FF 7F 81 00"),
    ],
)
def test_the_frames_of_the_manual(content: str, frame: str) -> None:
    assert encode(bytes.fromhex(content)) == bytes.fromhex(frame)
    assert decoded(bytes.fromhex(frame)) == [Frame(bytes.fromhex(content))]


@given(st.lists(CONTENT, max_size=4), st.integers(1, 50))
def test_what_was_encoded_is_decoded_however_it_arrives(contents: list[bytes], size: int) -> None:
    stream = b"".join(encode(each) + ACK for each in contents)
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    wanted: list[Frame | Mark] = []
    for each in contents:
        wanted += [Frame(each), Mark.ACK]
    assert decoded(*pieces) == wanted


@given(st.lists(PIECES, max_size=8))
def test_no_bytes_crash_and_the_pieces_do_not_matter(pieces: list[bytes]) -> None:
    stream = b"".join(pieces)
    whole = decoded(stream)
    assert decoded(*pieces) == whole
    assert decoded(*(bytes([each]) for each in stream)) == whole


@given(st.integers(0, 100))
def test_a_frame_is_found_behind_the_beginning_of_another(kept: int) -> None:
    content = bytes.fromhex("D5 4B 01 01 00 04 08 04 E1 EB 1C 02")
    cut = encode(b"\xd5" + QUIET[:100])[: 6 + kept]
    assert Frame(content) in decoded(cut + encode(content) + QUIET)


@given(CONTENT, st.data())
def test_a_flipped_bit_is_noticed(content: bytes, data: st.DataObject) -> None:
    flipped = bytearray(encode(content))
    at = data.draw(st.integers(len(flipped) - 2 - len(content), len(flipped) - 2))
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    found = decoded(bytes(flipped) + QUIET)
    assert found[0] is Mark.DAMAGED
    assert Frame(bytes(flipped[-2 - len(content) : -2])) not in found


@pytest.mark.parametrize("wrong", [b"", b"\xd5" * (LONGEST + 1)])
def test_a_frame_carries_1_to_265_bytes(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="1 to 265"):
        encode(wrong)


def test_noise_is_not_kept() -> None:
    decoder = Decoder()
    for _ in range(1000):
        decoder.feed(b"\x00\xff\xff\xff" + b"\x00\x00\x00\xff\x7f" * 50)
    assert len(decoder._held) <= LONGEST + 8


@pytest.mark.parametrize("uid", ["E1EB1C02", "04A1B2C3D4E5F6", "0488776655443322110A"])
def test_cards_have_4_7_or_10_bytes(uid: str) -> None:
    listed = bytes.fromhex(f"01 01 00 04 08 {len(uid) // 2:02X} {uid} 06 75 77 81 02 80")
    assert sighting(listed, "msb") == Sighting(uid=uid)


def test_an_identifier_that_is_made_up_anew_each_time_is_marked() -> None:
    assert sighting(bytes.fromhex("01 01 00 04 20 04 08 AA BB CC"), "lsb") == Sighting(
        uid="CCBBAA08", is_fleeting=True
    )


@pytest.mark.parametrize(
    "listed", ["", "00", "01 01 00 04 08 04 E1 EB", "01 01 00 04 08 05 0102030405", "02"]
)
def test_no_card_and_half_a_card_are_nothing(listed: str) -> None:
    assert sighting(bytes.fromhex(listed), "msb") is None


@given(st.binary(max_size=40))
def test_any_answer_is_a_card_or_none(listed: bytes) -> None:
    found = sighting(listed, "msb")
    assert found is None or len(found.uid) in {8, 14, 20}
    assert version(listed).isprintable()


def test_the_version_of_the_chip() -> None:
    assert version(bytes.fromhex("32 01 06 07")) == "PN532 1.6"
    assert version(b"\x32") == ""
