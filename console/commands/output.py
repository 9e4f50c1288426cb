"""Where a command's answer goes: data, messages, and the lines it reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from screens.cleaned import cleaned


class OutputClosed(Exception):
    """Nobody reads any more: the command ends quietly."""


class Output(Protocol):
    """Both ends of a command. Every method raises OutputClosed when nobody is there any more."""

    async def data(self, text: str) -> None:
        """Write to standard output and wait until it is taken."""

    async def message(self, text: str) -> None:
        """Write one line to standard error."""

    async def read_line(self, prompt: str) -> str | None:
        """Read a line of standard input without its end, not echoed; None at its end.

        `prompt` is shown on standard error where somebody types.
        """

    async def read_bytes(self, most: int) -> bytes:
        """Read standard input to its end, but not more than `most` bytes; b"" when nothing is left."""


def columns(rows: Sequence[Sequence[str]], *, gap: int = 2) -> str:
    """Rows under each other, every column as wide as its widest cell, each cell made harmless.

    The last column is as long as it is; every line ends with a line feed.
    """
    safe = [[cleaned(cell) for cell in row] for row in rows]
    widths: dict[int, int] = {}
    for row in safe:
        for column, cell in enumerate(row[:-1]):
            widths[column] = max(widths.get(column, 0), len(cell))
    lines = (
        "".join(
            cell if column == len(row) - 1 else cell.ljust(widths[column] + gap)
            for column, cell in enumerate(row)
        ).rstrip()
        for row in safe
    )
    return "".join(f"{line}\n" for line in lines)
