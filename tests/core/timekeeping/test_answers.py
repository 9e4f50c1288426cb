"""Datagrams of a time server: what is believed, and that nothing else ever is."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from core.timekeeping.judging import Answer, Refusal, judge
from core.timekeeping.packet import ERA, question, read_header, seconds, timestamp_of
from core.timekeeping.trust import TIMES, Trust, weigh
from tests.peers.time_server import Answering

NONCE = bytes(range(8))
RIGHT = Answering().answer(question(NONCE))


def test_a_right_answer_is_believed() -> None:
    assert isinstance(judge(RIGHT, NONCE), Answer)
    assert isinstance(judge(RIGHT + b"an extension", NONCE), Answer)


def test_the_question_gives_away_no_time_and_carries_the_nonce() -> None:
    asked = question(NONCE)
    assert len(asked) == 48
    assert asked[0] == 0x23
    assert asked[40:] == NONCE
    assert asked[1:40] == bytes(39)


@given(st.binary(max_size=600))
@example(b"")
@example(RIGHT)
def test_any_datagram_is_judged_and_none_is_believed_without_the_nonce(datagram: bytes) -> None:
    said = judge(datagram, b"another!")
    assert isinstance(said, Refusal)
    assert said.said
    assert not said.is_ours


@given(st.integers(0, 47), st.integers(0, 255))
def test_a_changed_byte_never_gives_a_time_outside_the_years_that_there_are(at: int, byte: int) -> None:
    said = judge(RIGHT[:at] + bytes([byte]) + RIGHT[at + 1 :], NONCE)
    if isinstance(said, Answer):
        assert datetime(2025, 1, 1, tzinfo=UTC).timestamp() <= said.received <= said.sent
        assert said.sent < datetime(2100, 1, 1, tzinfo=UTC).timestamp()
        assert 1 <= said.stratum <= 15
    else:
        assert said.said


@given(st.floats(1_735_689_600.0, 1_735_689_600.0 + ERA - 1))
@example(datetime(2036, 2, 7, 6, 28, 15, tzinfo=UTC).timestamp())
@example(datetime(2036, 2, 7, 6, 28, 16, tzinfo=UTC).timestamp() + 0.5)
@example(datetime(2099, 12, 31, tzinfo=UTC).timestamp())
def test_a_time_survives_the_packet_through_the_rollover_of_2036(moment: float) -> None:
    read = seconds(timestamp_of(moment))
    assert read is not None
    assert abs(read - moment) < 1e-5


def test_a_server_that_never_had_the_time_is_not_believed() -> None:
    for year in (1970, 2000, 2024):
        server = Answering(ahead=datetime(year, 6, 1, tzinfo=UTC).timestamp() - datetime.now(UTC).timestamp())
        said = judge(server.answer(question(NONCE)), NONCE)
        assert isinstance(said, Refusal)
        assert "2025" in said.said


def test_a_short_datagram_has_no_header() -> None:
    assert read_header(bytes(47)) is None


@given(st.lists(st.floats(1.7e9, 4.1e9), min_size=1, max_size=20))
def test_a_jump_is_followed_only_after_it_was_said_the_same_several_times(said: list[float]) -> None:
    trust = Trust()
    followed: list[float] = []
    for ahead in said:
        trust, verdict = weigh(trust, ahead)
        if verdict == "follow":
            followed.append(ahead)
    for before, after in itertools.pairwise(followed):
        if abs(after - before) > 900:
            at = said.index(after)
            assert sum(abs(each - after) <= 2 * TIMES for each in said) >= TIMES, (at, said)
