"""What a serial terminal answers about its size and its characters, within a second for each question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from console.terminal.keys import CursorReport, KeyReader, Report
from console.terminal.profiles import BASIC_ON_A_LINE, SERIAL, TerminalProfile

PATIENCE: Final = 1.0
"""Seconds in which an answer counts."""

APART: Final = 0.05
"""Seconds between the two bytes of ``é``: minicom miscounts a character that it does not read at once."""

DEFAULT_SIZE: Final = (80, 24)

_ASK_SIZE: Final = b"\x1b7\x1b[r\x1b[999;999H\x1b[6n\x1b8"
_HALF_OF_E_ACUTE: Final = b"\r\xc3"
_OTHER_HALF_AND_ASK: Final = b"\xa9\x1b[6n\r\x1b[K"
_COLUMN_AFTER_ONE: Final = 2
_COLUMN_AFTER_TWO: Final = 3
_COLUMNS: Final = range(40, 501)
_ROWS: Final = range(12, 201)

Listen = Callable[[float], Awaitable[bytes]]
"""Wait up to so many seconds for the next bytes; none when that time passed in silence."""


@dataclass(frozen=True, kw_only=True)
class ProbeResult:
    """The terminal at the other end of a line."""

    profile: TerminalProfile
    columns: int
    rows: int
    answered: bool


async def probe(
    write: Callable[[bytes], None], listen: Listen, now: Callable[[], float], patience: float = PATIENCE
) -> ProbeResult:
    """Ask for the size, then print ``é`` and ask where the cursor stands.

    Silence gives 80x24 and the ``serial`` profile. Keys pressed meanwhile are dropped; so are answers that
    come late: an answer about the size can never be taken for one about ``é``.
    """
    replies = _Replies(listen, now, patience)
    write(_ASK_SIZE)
    size = await replies.first(lambda report: report.column in _COLUMNS and report.row in _ROWS)
    if size is None:
        columns, rows = DEFAULT_SIZE
        return ProbeResult(profile=SERIAL, columns=columns, rows=rows, answered=False)
    write(_HALF_OF_E_ACUTE)
    await replies.let_pass(APART)
    write(_OTHER_HALF_AND_ASK)
    after = await replies.first(lambda report: report.column in (_COLUMN_AFTER_ONE, _COLUMN_AFTER_TWO))
    takes_utf8 = after is not None and after.column == _COLUMN_AFTER_ONE
    profile = BASIC_ON_A_LINE if takes_utf8 else SERIAL
    return ProbeResult(profile=profile, columns=size.column, rows=size.row, answered=True)


class _Replies:
    """Cursor reports among whatever else arrives."""

    def __init__(self, listen: Listen, now: Callable[[], float], patience: float) -> None:
        self._listen = listen
        self._now = now
        self._patience = patience
        self._reports: list[CursorReport] = []
        self._reader = KeyReader(self._keep)

    def _keep(self, report: Report) -> None:
        if isinstance(report, CursorReport):
            self._reports.append(report)

    async def let_pass(self, seconds: float) -> None:
        """Take what arrives within so many seconds."""
        until = self._now() + seconds
        while (left := until - self._now()) > 0:
            self._reader.feed(await self._listen(left))

    async def first(self, fits: Callable[[CursorReport], bool]) -> CursorReport | None:
        """Return the first report that fits and comes in time."""
        self._reports.clear()
        until = self._now() + self._patience
        while (left := until - self._now()) > 0:
            received = await self._listen(left)
            if not received:
                continue
            self._reader.feed(received)
            fitting = [report for report in self._reports if fits(report)]
            if fitting and self._now() <= until:
                return fitting[0]
        return None
