"""The report as lines of text of a certain width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size

from screens.report.parts import Document, Section, Table

GAP = 2
NARROWEST = 6
"""Cells; a column does not become narrower."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line and what it is: a title, the heads of columns, something wrong, or a plain one."""

    text: str
    kind: Literal["title", "heads", "alarm", "plain"] = "plain"


def lines_of(document: Document, width: int) -> list[Line]:
    """The whole report; no line is wider than `width` cells, at least 64."""
    lines = [Line(text=document.title.upper(), kind="title"), *_table_lines(document.facts, width)]
    for section in document.sections:
        lines += [Line(text=""), *_section_lines(section, width)]
    return lines


def text_of(document: Document, width: int = 80) -> str:
    """The same as one text with an end on every line."""
    return "".join(f"{line.text}\n" for line in lines_of(document, width))


def _section_lines(section: Section, width: int) -> Iterator[Line]:
    yield Line(text=section.title.upper(), kind="title")
    for sentence in section.sentences:
        for text in wrapped_cells(sentence, width):
            yield Line(text=text)
    for number, table in enumerate(section.tables):
        if number or section.sentences:
            yield Line(text="")
        yield from _table_lines(table, width)


def _table_lines(table: Table, width: int) -> Iterator[Line]:
    rows = [row for row in (table.heads, *table.rows) if row]
    widths = column_widths(rows, width)
    for number, row in enumerate(rows):
        kind: Literal["heads", "alarm", "plain"] = "alarm" if table.alarm else "plain"
        if number == 0 and table.heads:
            kind = "heads"
        pieces = [wrapped_cells(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for line in range(max(map(len, pieces))):
            cells = (
                set_cell_size(piece[line] if line < len(piece) else "", wide + GAP)
                for piece, wide in zip(pieces, widths, strict=True)
            )
            yield Line(text="".join(cells).rstrip(), kind=kind)


def column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The cells of each column: as wide as its widest text, the widest ones narrowed until all fit."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    room = width - GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widest = max(widths)
        second = max((each for each in widths if each < widest), default=NARROWEST)
        many = widths.count(widest)
        lower = max(second, NARROWEST, widest - -(-(sum(widths) - room) // many))
        widths = [lower if each == widest else each for each in widths]
    return widths


def wrapped_cells(text: str, width: int) -> list[str]:
    """`text` in pieces of at most `width` cells, broken at a space or behind a mark where there is one."""
    pieces: list[str] = []
    rest = text
    while cell_len(rest) > width:
        head = _head(rest, width)
        at = max(head.rfind(mark) for mark in " _,;/") + 1
        if at <= width // 3:
            at = len(head)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces


def _head(text: str, width: int) -> str:
    """As much of `text` as fits, at least one character."""
    used = 0
    for at, letter in enumerate(text):
        used += cell_len(letter)
        if used > width and at:
            return text[:at]
    return text
