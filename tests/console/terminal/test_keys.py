"""Keys as they arrive from terminals, in any pieces and among any noise."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key

from console.terminal.keys import CursorReport, KeyPress, KeyReader, Report, SizeReport, key_name
from console.terminal.sequences import CONTROL_KEYS

NOISE = st.one_of(
    st.binary(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *(b"\x1b", b"\x1b[", b"\x1bO", b"[", b"M", b"A", b"1;2", b"\x1b]0;", b"\x1b\\", b"\x07"),
                *(b"\xc3\xa9", b"x", b"\xc3", b"\x1bP", b"8;24;80t", b"\r\n", b"\x00", b"\x11", b"\x1b1"),
            ]
        ),
        max_size=20,
    ).map(b"".join),
)


def names(received: bytes) -> list[str]:
    reader = KeyReader()
    return [key.name for key in reader.feed(received) + reader.pause()]


def typed(received: bytes) -> str:
    return "".join(
        key.character or "" for key in KeyReader().feed(received) if (key.character or "").isprintable()
    )


@given(received=NOISE, cuts=st.lists(st.integers(0, 60), max_size=8))
def test_the_keys_do_not_depend_on_the_pieces(received: bytes, cuts: list[int]) -> None:
    whole, pieces = KeyReader(), KeyReader()
    edges = [0, *sorted(cuts), len(received)]
    by_pieces = [key for a, b in pairwise(edges) for key in pieces.feed(received[a:b])]
    assert by_pieces == whole.feed(received)
    assert pieces.pause() == whole.pause()


@given(received=NOISE)
def test_nothing_unprintable_is_typed(received: bytes) -> None:
    reader = KeyReader()
    for key in reader.feed(received) + reader.pause():
        if key.character is not None and not key.character.isprintable():
            assert key.name in {*CONTROL_KEYS.values(), "escape"}
    assert not reader.waits


@given(received=NOISE)
def test_after_a_pause_keys_are_read_again(received: bytes) -> None:
    reader = KeyReader()
    reader.feed(received)
    reader.pause()
    assert reader.feed(b"y\x1b[A") == [KeyPress("y", "y"), KeyPress("up", None)]


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b[?1;2c", b"\x1b[>0;95;0c", b"\x1b[24;80R", b"\x1b[8;24;80t", b"\x1b[?2026;2$y",
        b"\x1b[I", b"\x1b[O", b"\x1b[<0;10;20M", b"\x1b[M !!",
        b"\x1b[97;5u", b"\x1b[200~",
        b"\x1b]11;rgb:00/00/00\x07", b"\x1b]52;c;cm0gLXJm\x1b\\", b"\x1bP1$r0m\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\", b"\x1b(B", b"\x1b#8", b"\x1bx",
        b"\x1b[1;5A", b"\x1b[99~", b"\x1b[[Z", b"\x00", b"\x11", b"\x13", b"\xff\xfe", b"\xc3",
    ],
)  # fmt: skip
def test_what_is_no_key_is_dropped_whole(sequence: bytes) -> None:
    assert names(sequence) == []
    assert names(b"a" + sequence + b"\x1b[B") == ["a", "down"]


@pytest.mark.parametrize(
    ("sequence", "name"),
    [
        (b"\x1b[A", "up"), (b"\x1bOB", "down"), (b"\x1b[Z", "shift+tab"), (b"\x1b[5~", "pageup"),
        (b"\x1bOP", "f1"),
        (b"\x1b[11~", "f1"), (b"\x1b[[A", "f1"), (b"\x1b[21~", "f10"), (b"\x1b0", "f10"), (b"\x1b9", "f9"),
        (b"\x1b1", "f1"), (b"\x08", "backspace"), (b"\x7f", "backspace"), (b"\r", "enter"), (b"\n", "enter"),
        (b"\t", "tab"), (b"\x03", "ctrl+c"), (b"\x0e", "ctrl+n"), (b"\x10", "ctrl+p"), (b"\x0f", "ctrl+o"),
        (b"\x1b", "escape"), (b"?", "question_mark"), (b"/", "slash"),
        (b"[", "left_square_bracket"), (b" ", "space"),
    ],
)  # fmt: skip
def test_each_key_has_its_name(sequence: bytes, name: str) -> None:
    assert names(sequence) == [name]


def test_return_and_line_feed_together_are_one_enter() -> None:
    assert names(b"\r\n\r\n") == ["enter", "enter"]


def test_a_lone_escape_waits_for_what_may_follow() -> None:
    reader = KeyReader()
    assert reader.feed(b"\x1b") == []
    assert reader.waits
    assert reader.pause() == [KeyPress("escape", "\x1b")]
    assert not reader.waits


def test_escape_twice_is_escape_twice() -> None:
    assert names(b"\x1b\x1b") == ["escape", "escape"]


def test_a_string_that_never_ends_does_not_swallow_the_next_key_sequence() -> None:
    assert names(b"\x1b]0;title\x1b[A") == ["up"]


def test_letters_beyond_ascii_are_typed() -> None:
    assert typed("Zoë, 5 €".encode()) == "Zoë, 5 €"


def test_reports_of_the_terminal_reach_who_asked() -> None:
    reports: list[Report] = []
    assert KeyReader(reports.append).feed(b"\x1b[24;80R\x1b[8;40;120t") == []
    assert reports == [CursorReport(24, 80), SizeReport(40, 120)]


@pytest.mark.parametrize("character", [chr(code) for code in range(32, 127)] + list("éß€µö°½中"))
def test_keys_have_the_names_that_textual_gives_them(character: str) -> None:
    (event,) = XTermParser().feed(character)
    assert isinstance(event, Key)
    assert key_name(character) == event.key
