"""How one row of a form is laid out: mark, label, value and what is said about it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from textual.content import Content

LABEL_AT = 3
WIDE = 100


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where the value begins and how wide it may be, for a form of a given width."""

    label_width: int
    width: int

    @property
    def value_at(self) -> int:
        return LABEL_AT + self.label_width + 1

    @property
    def value_width(self) -> int:
        return max(10, self.width - self.value_at - 1)


def columns_for(width: int) -> Columns:
    """The columns of a form; a wide terminal gives long labels room."""
    return Columns(label_width=40 if width >= WIDE else 25, width=width)


@dataclass(frozen=True, kw_only=True)
class RowText:
    """What a row says. `was` is the saved value of an edited row, `problem` why it is refused.

    `beside` goes behind the value where there is room for it, `note` always below.
    """

    label: str
    value: Content
    mark: str = " "
    changed: bool = False
    was: str = ""
    beside: str = ""
    note: str = ""
    problem: str = ""


def row_lines(row: RowText, columns: Columns) -> list[Content]:
    """The lines of the row; the first holds the value."""
    labels = textwrap.wrap(row.label, columns.label_width) or [""]
    values = [row.value]
    if row.value.cell_length > columns.value_width and not row.was:
        values = _wrapped(row.value.plain, columns, "dim")
    if row.was:
        was = Content.styled(row.was, "dim")
        together = Content.assemble(row.value, "   ", was)
        if together.cell_length <= columns.value_width:
            values = [together]
        else:
            values.append(Content.assemble("    ", was))
    if row.beside:
        beside = Content.assemble(values[-1], "  ", row.beside)
        if beside.cell_length <= columns.value_width:
            values[-1] = beside
        else:
            values += _wrapped(row.beside, columns, "")
    values += _wrapped(row.note, columns, "dim")
    values += _wrapped(f"! {row.problem}" if row.problem else "", columns, "bold $error")
    lines = []
    for number in range(max(len(labels), len(values))):
        head = f"{row.mark if number == 0 else ' '}{'*' if row.changed and number == 0 else ' '} "
        label = labels[number] if number < len(labels) else ""
        value = values[number] if number < len(values) else Content("")
        lines.append(
            Content.assemble(Content.styled(head, "bold"), label.ljust(columns.label_width), " ", value)
        )
    return lines


def _wrapped(text: str, columns: Columns, style: str) -> list[Content]:
    return [Content.styled(line, style) for line in textwrap.wrap(text, columns.value_width)]
