"""After ZMODEM: what the other end still says of it is no key, and is answered by an end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Final

from console.transfer.lent_terminal import LentTerminal
from console.transfer.zmodem_frames import CANCEL, ZFIN, FrameReader

LATE_S: Final = 30.0
"""Seconds in which a terminal program may still repeat itself; lrzsz does so every ten seconds."""
PAUSE_S: Final = 0.3
MOST_ANSWERS: Final = 3
GIVE_UP: Final = b"\x18" * 10 + b"\x08" * 10
"""CAN ten times ends ZMODEM at the other end; the backspaces take away what a terminal shows of it."""
OVER_AND_OUT: Final = b"OO"
"""What a receiver that has said ZFIN waits for, and a sender says but once."""
END_PAUSE_S: Final = 1.0
"""The other end's program leaves the line within this time; what is drawn sooner is lost to it."""
LEFT_OVER_S: Final = 15.0


class Answers:
    """What ends ZMODEM at the other end, a few times only; `farewell` is the answer to ZFIN."""

    def __init__(self, farewell: bytes) -> None:
        self._farewell = farewell
        self._left = MOST_ANSWERS

    def to(self, found: Sequence[int]) -> bytes:
        """The answer to these headers; nothing where none is needed."""
        asking = [kind for kind in found if kind != CANCEL]
        if not asking or not self._left:
            return b""
        self._left -= 1
        return self._farewell if asking[-1] == ZFIN else GIVE_UP


async def settle(terminal: LentTerminal, answers: Answers) -> None:
    """Wait until the other end has left ZMODEM as well; what comes meanwhile is forgotten."""
    reader = FrameReader()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LEFT_OVER_S):
            while data := await terminal.arrived(END_PAUSE_S):
                terminal.write(answers.to(reader.feed(data)[0]))


class LateFrames:
    """Gives the keys among what arrives. Frames that come late are dropped, answered, and told.

    `send` writes to the terminal; `whole` is called when the screen should be drawn again, since the other
    end may have eaten parts of it; `press` gives what was held back until it was clear that it was typed.
    """

    def __init__(
        self,
        answers: Answers,
        send: Callable[[bytes], None],
        whole: Callable[[], None],
        press: Callable[[bytes], None],
    ) -> None:
        self._answers = answers
        self._send = send
        self._whole = whole
        self._press = press
        self._reader = FrameReader()
        self._loop = asyncio.get_running_loop()
        self._until = self._loop.time() + LATE_S
        self._came = False
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self, received: bytes) -> bytes:
        if self._loop.time() > self._until and not self._reader.within:
            return received
        found, typed = self._reader.feed(received)
        self._came = self._came or bool(found)
        answer = self._answers.to(found)
        if answer:
            self._send(answer)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._reader.within or self._came:
            self._timer = self._loop.call_later(PAUSE_S, self._pause)
        return typed

    def _pause(self) -> None:
        self._timer = None
        held = self._reader.pause()
        if self._came:
            self._came = False
            self._whole()
        if held:
            self._press(held)
