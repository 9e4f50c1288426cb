"""Cells of text that a spreadsheet must not run."""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defused(cell: str) -> str:
    """A text cell that no spreadsheet runs: an apostrophe in front of `= + - @`, tab and carriage return."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restored(cell: str) -> str:
    """The text that `defused` was given."""
    return cell[1:] if cell[:1] == "'" and _DEFUSED.match(cell) else cell
