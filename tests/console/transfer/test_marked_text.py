"""Text between marks: every file comes back as it was, or the text is refused in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.transfer.marked_text import BEGIN, END, WIDTH, Unreadable, form_of, from_lines, to_lines

NEWLINES = st.sampled_from([b"\r\n", b"\n", b"\r"])
LINES = st.lists(
    st.one_of(
        st.text(alphabet="abc =-.,;:09\t'", max_size=160).map(str.encode),
        st.text(alphabet="äöß€ =-", max_size=40).map(str.encode),
        st.sampled_from([BEGIN.encode(), END.encode(), b"", b" ", b"=", b"=.", b"-" * 90, b" " * 90]),
    ),
    max_size=8,
)
CONTENTS = st.one_of(
    st.binary(max_size=300),
    st.tuples(NEWLINES, LINES).map(lambda both: both[0].join(both[1])),
    st.lists(st.tuples(st.sampled_from([b"a,b", b"x " * 50]), NEWLINES), max_size=6).map(
        lambda parts: b"".join(line + end for line, end in parts)
    ),
)


def between(lines: list[str]) -> list[str]:
    assert (lines[0], lines[-1]) == (BEGIN, END)
    return lines[1:-1]


@given(CONTENTS, st.sampled_from(["\r", "\n", "\r\n", "\n\n", "  \r\n", "\r\r\n  "]))
@example(b"", "\n")
@example(b"\r\n", "\n")
@example(b"no newline at the end ", "\n\n")
def test_every_file_comes_back_whatever_a_terminal_makes_of_lines(content: bytes, end: str) -> None:
    mangled = end.join(between(list(to_lines("a.csv", content))))
    assert from_lines(re.split(r"[\r\n]", mangled)) == ("a.csv", content)


@given(CONTENTS)
def test_no_line_is_wrapped_or_holds_anything_but_plain_characters(content: bytes) -> None:
    for line in to_lines("a.csv", content):
        assert len(line) <= WIDTH + 4
        assert re.fullmatch(r"[!-~]([ -~]*[!-~])?", line)
    body = between(list(to_lines("a.csv", content)))[4:]
    assert all(len(line) <= WIDTH and not line.startswith("-") for line in body)


@given(CONTENTS, st.data())
def test_a_text_that_lost_or_changed_a_character_is_refused_or_means_the_same(
    content: bytes, data: st.DataObject
) -> None:
    text = "\n".join(between(list(to_lines("a.csv", content))))
    at = data.draw(st.integers(min_value=len("name: a.csv\n"), max_value=len(text) - 1))
    put = data.draw(st.sampled_from(["", "x", "=", "\x1b", "é", "\n", "-"]))
    try:
        found = from_lines((text[:at] + put + text[at + 1 :]).split("\n"))
    except Unreadable:
        return
    assert found == ("a.csv", content)


@given(st.lists(st.text(max_size=80), max_size=10))
def test_no_text_crashes_the_reader(lines: list[str]) -> None:
    with pytest.raises(Unreadable):
        from_lines(lines)


def test_a_csv_file_stays_readable() -> None:
    file = 'Badge number,Identifier\r\n1,"E1EB1C02"\r\n2,Müller\r\n'.encode()
    assert list(to_lines("a.csv", file))[5:-1] == [
        "Badge number,Identifier",
        '1,"E1EB1C02"',
        "2,M=C3=BCller",
    ]


def test_what_nobody_can_read_goes_as_base64() -> None:
    assert form_of(bytes(range(256))) == "base64"
    assert form_of(b"\x1b[2J" * 30) == "base64"
    assert form_of(b"a\r\nb\r\n") == "text crlf"
    assert form_of(b"a\r\nb\n") == "text lf"


def test_escape_sequences_in_a_file_never_reach_the_terminal() -> None:
    shown = "".join(to_lines("a.csv", b"a comment\x1b]0;title\x07 and so on, long enough for a text\r\n"))
    assert shown.isprintable()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            ("size: 5", "size: 6"),
            "5 bytes came instead of 6: a part is missing or doubled. Copy all of it again.",
        ),
        (("size: 5", "size: x"), "The size in the text is no number."),
        (("name: a", "nome: a"), "Line 2 of the text should begin with name:"),
        (("a,b", "a,c"), "The checksum does not fit: the text was changed"),
        (("a,b", "a=b"), "Line 6 of the text is damaged. Copy all of it again."),
        (("text crlf", "rot13"), "The text has a form that is not known here"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(changed: tuple[str, str], says: str) -> None:
    text = "\n".join(to_lines("a", b"a,b\r\n")).replace(*changed)
    with pytest.raises(Unreadable, match=f"^{re.escape(says)}"):
        from_lines(text.split("\n")[1:-1])
