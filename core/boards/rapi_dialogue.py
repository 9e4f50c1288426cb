"""Question and answer with an OpenEVSE board: one command at a time, between what it says by itself."""

from __future__ import annotations

from collections import deque

from core.boards.device import Unanswered
from core.boards.rapi_lines import Decoder, Line, command
from core.lines.port import Port
from core.lines.waiting import Sleep, within

ANSWER_SECONDS = 0.4


class Dialogue:
    """A conversation on an open line."""

    def __init__(self, port: Port, sleep: Sleep) -> None:
        self._port = port
        self._sleep = sleep
        self._decoder = Decoder()
        self._answers: deque[Line] = deque()
        self._has_news = False

    async def ask(self, *words: str, seconds: float = ANSWER_SECONDS) -> Line:
        """The answer to a command: `OK` or `NK` with values. Raises Unanswered, DeviceLost."""
        # An answer that was given too late answers nothing now.
        self._answers.clear()
        try:
            return await within(seconds, self._exchange(command(*words)), self._sleep)
        except TimeoutError:
            raise Unanswered("the board does not answer") from None

    async def notice(self) -> None:
        """Return when the board has said something by itself. Raises DeviceLost."""
        while not self._has_news:
            self._take_in(await self._port.read())
        self._has_news = False

    async def _exchange(self, sent: bytes) -> Line:
        await self._port.write(sent)
        while not self._answers:
            self._take_in(await self._port.read())
        return self._answers.popleft()

    def _take_in(self, received: bytes) -> None:
        for line in self._decoder.feed(received):
            if line.is_answer:
                self._answers.append(line)
            else:
                self._has_news = True
