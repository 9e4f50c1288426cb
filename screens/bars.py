"""The lines of tabs and sub-tabs: where one is, where one can go, what is changed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from screens.cleaned import fitted
from screens.console import console_of


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One tab or sub-tab in a bar; `digit` is its key, "" for none."""

    name: str
    label: str
    changed: bool = False
    digit: str = ""

    @property
    def words(self) -> str:
        digit = f"{self.digit} " if self.digit else ""
        return f"{digit}{self.label}{'*' if self.changed else ''}"


class Bar(Widget, can_focus=True):
    """Entries in a line, the open one between brackets; Left and Right choose, Enter opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("left", "choose(-1)"),
        ("right", "choose(1)"),
        ("enter,space", "open"),
    ]

    class Chosen(Message):
        """Enter was pressed on an entry."""

        def __init__(self, bar: Bar, name: str) -> None:
            self.bar = bar
            self.name = name
            super().__init__()

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- Textual's own name for it.
        super().__init__(id=id)
        self.entries: tuple[Entry, ...] = ()
        self.open_name = ""
        self.at = 0
        self.tail = ""

    def show(self, entries: Sequence[Entry], open_name: str, tail: str = "") -> None:
        """`tail` stands at the right end."""
        if (tuple(entries), open_name, tail) == (self.entries, self.open_name, self.tail):
            return
        if open_name != self.open_name or len(entries) != len(self.entries):
            names = [entry.name for entry in entries]
            self.at = names.index(open_name) if open_name in names else 0
        self.entries, self.open_name, self.tail = tuple(entries), open_name, tail
        self.refresh()

    def render(self) -> Content:
        parts: list[Content] = []
        for number, entry in enumerate(self.entries):
            here = self.has_focus and number == self.at
            before = console_of(self).glyphs.here if here else " "
            if entry.name == self.open_name:
                before = before if here else "["
                parts.append(Content.styled(f"{before}{entry.words}]", "bold $accent"))
            else:
                parts.append(Content(f"{before}{entry.words} "))
        bar = Content("").join(parts)
        if not self.tail:
            return bar
        room = self.size.width - bar.cell_length - 2
        tail = fitted(self.tail, room).rstrip().rjust(room) if room > 0 else ""
        return Content.assemble(bar, " ", Content.styled(tail, "bold $error"))

    @property
    def cursor_at(self) -> Offset:
        """On the entry that Enter would open."""
        return Offset(sum(len(entry.words) + 2 for entry in self.entries[: self.at]), 0)

    def action_choose(self, by: int) -> None:
        if self.entries:
            self.at = (self.at + by) % len(self.entries)
            self.refresh()
            console_of(self).stand()

    def action_open(self) -> None:
        if self.entries:
            self.post_message(self.Chosen(self, self.entries[self.at].name))
