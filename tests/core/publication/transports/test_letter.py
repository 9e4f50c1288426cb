"""Whatever is in a parcel, its letter is one message with one file, and says no more than it should."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.publication.transports.file_words import of_answer as of_file_answer
from core.publication.transports.mail_message import write_letter
from core.publication.transports.mail_words import of_answer as of_mail_answer
from core.publication.transports.quoting import quoted
from core.publication.transports.target import Login, MailTarget
from core.publication.transports.web_words import of_answer as of_web_answer
from tests.core.publication.transports.sending import CANARY, PARCEL

TARGET = MailTarget(
    host="mail.example.org",
    port=25,
    security="none",
    login=Login(username="station", password=CANARY),
    sender="station@example.org",
    receivers=("a@example.org", "b@example.org"),
)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(content=st.binary(max_size=200), repeated=st.integers(0, 400), station=st.text(), period=st.text())
def test_a_letter_read_back_has_the_file(content: bytes, repeated: int, station: str, period: str) -> None:
    parcel = msgspec.structs.replace(PARCEL, content=content * repeated, station=station, period=period)
    letter = write_letter(parcel, TARGET, NOON)
    written = b"".join(letter.pieces())
    assert len(written) == letter.size
    assert written.endswith(b"\r\n")
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", written) is None
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) < 998
    assert b"." not in lines
    assert written.isascii()
    message = message_from_bytes(written.replace(b"\r\n..", b"\r\n."), policy=SMTP)
    assert sorted(message.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
    )
    [file] = message.iter_attachments()
    assert file.get_filename() == PARCEL.name
    assert file.get_payload(decode=True) == parcel.content


@given(text=st.text())
def test_the_password_is_taken_out_of_what_a_server_said(text: str) -> None:
    assert CANARY not in quoted(f"{text}{CANARY}{text}", TARGET)


@given(text=st.text())
def test_what_a_server_said_is_quoted_on_one_short_line(text: str) -> None:
    said = quoted(text, TARGET)
    assert len(said) <= 120
    assert said.isprintable()


STEPS = ("Greeting", "Encrypt", "Log in", "Sender", "Receiver a@example.org", "Write a file", "Send the file")


@pytest.mark.parametrize("step", STEPS)
def test_every_answer_of_a_server_is_put_into_words(step: str) -> None:
    for code in range(200, 600):
        for said in (
            of_mail_answer(step, code, "{x}", TARGET),
            of_file_answer(step, f"{code} {{x}}", TARGET),
            of_web_answer(code, "", TARGET),
        ):
            assert re.search(r"\{(host|port|where)\}", said) is None
            assert f"(Answer {code}" in said
