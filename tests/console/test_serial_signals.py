"""BREAK and damaged characters are told from what was typed."""

from hypothesis import given
from hypothesis import strategies as st

from console.serial_signals import MarkedInput


def marked(data: bytes) -> bytes:
    """As the kernel marks what was sent."""
    return data.replace(b"\xff", b"\xff\xff")


@given(st.binary(), st.integers(1, 7))
def test_what_was_sent_arrives_in_whatever_pieces(data: bytes, piece: int) -> None:
    line = MarkedInput()
    text = marked(data)
    found = [line.feed(text[at : at + piece]) for at in range(0, len(text), piece)]
    assert b"".join(sent for sent, _ in found) == data
    assert not any(was_break for _, was_break in found)


@given(st.binary(), st.binary())
def test_break_drops_what_was_typed_before_it(before: bytes, after: bytes) -> None:
    assert MarkedInput().feed(marked(before) + b"\xff\x00\x00" + marked(after)) == (after, True)


@given(st.integers(1, 255))
def test_a_damaged_character_is_dropped(character: int) -> None:
    assert MarkedInput().feed(b"a\xff\x00" + bytes([character]) + b"b") == (b"ab", False)
