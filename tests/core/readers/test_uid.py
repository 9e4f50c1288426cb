"""From what a reader sends to an identifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.badges.uid import badge_uid
from core.errors import Invalid
from core.readers.uid import Order, Spelling, uid_from_bytes, uid_from_text

PLAIN = Spelling()
ORDERS = st.sampled_from(("msb", "lsb"))
BYTES = st.binary(min_size=3, max_size=10)


def refusal(text: str, spelling: Spelling = PLAIN) -> str:
    with pytest.raises(Invalid) as refused:
        uid_from_text(text, spelling)
    return refused.value.message


@given(BYTES, st.sampled_from(("", " ", ":", "-")), st.sampled_from(("", "UID=", "Card: ", "E1")), ORDERS)
def test_every_spelling_of_an_identifier_gives_the_same(
    uid: bytes, separator: str, prefix: str, order: Order
) -> None:
    sent = uid if order == "msb" else uid[::-1]
    digits = sent.hex(separator) if separator else sent.hex()
    spelling = Spelling(prefix=prefix, order=order)
    wanted = uid.hex().upper()
    assert uid_from_text(prefix + digits, spelling) == wanted
    assert uid_from_text(f"\x02{prefix}{digits.upper()}\r", spelling) == wanted
    assert uid_from_bytes(sent, order) == wanted


@given(st.text(max_size=100), st.text(max_size=6), ORDERS)
def test_any_text_is_an_identifier_or_refused_in_printable_words(
    text: str, prefix: str, order: Order
) -> None:
    uid, said = "3F420F", ""
    try:
        uid = uid_from_text(text, Spelling(prefix=prefix, order=order))
    except Invalid as refused:
        said = refused.message
    assert badge_uid(uid) == uid
    assert said.isascii()
    assert not said or (said.isprintable() and len(said) < 1000)


@pytest.mark.parametrize("uid", ["3F420F", "E1EB1C02", "E00700001F8AC3FB", "04A1B2C3D4E5F6", "00" * 10])
def test_identifiers_that_occur_are_taken_as_they_are(uid: str) -> None:
    assert uid_from_text(uid, PLAIN) == uid


def test_the_byte_sent_first_may_be_the_last() -> None:
    assert uid_from_text("021CEBE1", Spelling(order="lsb")) == "E1EB1C02"


def test_a_refusal_says_what_is_wrong_and_what_came() -> None:
    assert refusal("E1EB") == "An identifier has 3 to 10 bytes, got 2"
    assert refusal("00" * 11) == "An identifier has 3 to 10 bytes, got 11"
    assert refusal("E1EB1") == "An identifier has two digits a byte, got 5 digits in 'E1EB1'"
    assert refusal("HELLO!") == "An identifier has hexadecimal digits, 0-9 and A-F, got 'HELLO!'"
    assert refusal("") == "An identifier has hexadecimal digits, 0-9 and A-F, got ''"
    assert refusal("E1EB1C02", Spelling(prefix="ID")) == "A badge's line begins with 'ID', got 'E1EB1C02'"


@pytest.mark.parametrize("text", ["１２３４５６", "ﬀﬀﬀ", "0x3F420F", "3F420F;E1EB1C02", "3F\t420F"])
def test_only_plain_digits_count(text: str) -> None:
    refusal(text)
