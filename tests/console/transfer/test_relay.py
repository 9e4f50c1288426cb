"""When a transfer is given up, and what its end is called; time is turned by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import SimpleNamespace
from typing import cast

import pytest

from console.transfer.late_frames import OVER_AND_OUT
from console.transfer.lent_terminal import LentTerminal
from console.transfer.lrzsz import Partner
from console.transfer.relay import BEGINS_WITHIN_S, GOES_ON_WITHIN_S, Ending, Relay
from tests.console.transfer.test_zmodem_frames import GIVING_UP, ZFIN_HEADER, ZRINIT_HEADER

ZSKIP_HEADER = b"**\x18B05000000009caf\r\x8a"


class ScriptedTerminal(LentTerminal):
    """Gives these pieces, one a second, then nothing for ever."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self.pieces = list(pieces)
        self.now = 0.0

    async def free(self) -> None:
        return

    def write(self, data: bytes) -> None:
        return

    async def arrived(self, patience_s: float) -> bytes:
        await asyncio.sleep(0)
        self.now += 1
        return self.pieces.pop(0) if self.pieces else b""


class IdlePartner(Partner):
    """A program that says nothing and ends with `code` after so many bytes, or at OO; None: never."""

    def __init__(self, code: int = 0, *, after: int | None = None) -> None:
        super().__init__()
        self.given = b""
        self.after = after
        self.ended = asyncio.Event()

        async def wait() -> int:
            return code

        self.process = cast("asyncio.subprocess.Process", SimpleNamespace(wait=wait, returncode=code))

    async def read(self, most: int) -> bytes:
        await self.ended.wait()
        return b""

    async def write(self, data: bytes) -> None:
        self.given += data
        if (self.after is not None and len(self.given) >= self.after) or data == OVER_AND_OUT:
            self.ended.set()

    def kill(self) -> None:
        self.ended.set()


async def ending(
    *pieces: bytes, code: int = 0, after: int | None = None, most_in: int | None = None
) -> tuple[Ending, float, bytes]:
    """How it ends, after how many seconds, and what the program was given."""
    terminal, partner = ScriptedTerminal(pieces), IdlePartner(code, after=after)
    told: list[None] = []
    relay = Relay(
        terminal, partner, lambda: told.append(None), chunk=100, most_in=most_in, elapsed=lambda: terminal.now
    )
    async with asyncio.timeout(10):
        return await relay.run(), terminal.now, partner.given


async def test_a_terminal_that_never_answers_is_given_up_after_two_minutes() -> None:
    how, seconds, given = await ending()
    assert how is Ending.SILENT
    assert BEGINS_WITHIN_S < seconds <= BEGINS_WITHIN_S + 2
    assert given == b""


async def test_what_is_typed_before_it_answers_goes_nowhere() -> None:
    how, _seconds, given = await ending(b"hello", b"\r")
    assert (how, given) == (Ending.SILENT, b"")


async def test_one_that_falls_silent_is_given_up_sooner() -> None:
    how, seconds, given = await ending(ZRINIT_HEADER)
    assert how is Ending.STALLED
    assert GOES_ON_WITHIN_S < seconds <= GOES_ON_WITHIN_S + 3
    assert given == ZRINIT_HEADER


@pytest.mark.parametrize("key", [b"\x03", b"\x1b"])
async def test_a_key_alone_cancels_and_a_part_of_something_does_not(key: bytes) -> None:
    assert (await ending(b"x" + key, key))[0::2] == (Ending.CANCELLED_HERE, b"")


@pytest.mark.parametrize(
    ("last", "code", "how"),
    [
        (ZFIN_HEADER, 0, Ending.DONE),
        (ZFIN_HEADER, 1, Ending.FAILED),
        (GIVING_UP, 128, Ending.CANCELLED_THERE),
        (ZSKIP_HEADER, 0, Ending.REFUSED),
        (ZFIN_HEADER, -25, Ending.TOO_LARGE),
    ],
)
async def test_the_end_has_a_name(last: bytes, code: int, how: Ending) -> None:
    pieces = ZRINIT_HEADER, last
    assert (await ending(*pieces, code=code, after=len(b"".join(pieces))))[0] is how


async def test_a_sender_that_forgets_its_last_word_is_not_waited_for() -> None:
    how, seconds, given = await ending(ZFIN_HEADER, most_in=1000)
    assert how is Ending.DONE
    assert seconds < 5
    assert given == ZFIN_HEADER + OVER_AND_OUT


async def test_more_than_can_be_wanted_is_not_taken() -> None:
    assert (await ending(ZRINIT_HEADER, b"x" * 2000, most_in=1000))[0] is Ending.TOO_LARGE
