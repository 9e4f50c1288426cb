"""What the document of a report is made of: sections of sentences and tables, every text made harmless."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screens.cleaned import cleaned


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells, the first of each its name; without `heads` each row is a fact and its value.

    `alarm`: something is wrong, and the table says what.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alarm: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the report under a title, sentences before tables."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole report; `facts` say of what and for whom it is."""

    title: str
    facts: Table
    sections: tuple[Section, ...]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, alarm: bool = False) -> Table:
    """A table of harmless text; an empty cell becomes `-`."""
    return Table(heads=_row(heads), rows=tuple(_row(row) for row in rows), alarm=alarm)


def facts(rows: Iterable[tuple[str, str]]) -> Table:
    """A table of names and values."""
    return table((), rows)


def section(title: str, *tables: Table, said: Iterable[str] = ()) -> Section:
    """A section; empty sentences are left out."""
    sentences = tuple(filter(None, (cleaned(line).strip() for line in said)))
    return Section(title=cleaned(title), sentences=sentences, tables=tables)


def _row(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cleaned(cell).strip() or "-" for cell in cells)
