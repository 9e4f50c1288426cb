"""Choosing one of many by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.cleaned import fitted
from screens.console import console_of
from screens.lines import Lines
from screens.text_edit import TextEdit
from screens.texts import _

WIDTH = 68


@dataclass(frozen=True, kw_only=True)
class Pick:
    """What can be chosen: `words` name it, `place` stands behind them, `more` is only searched."""

    value: str
    words: str
    place: str = ""
    more: str = ""

    @property
    def line(self) -> str:
        return f"{self.words}   {self.place}" if self.place else self.words

    def rank(self, parts: Sequence[str]) -> int | None:
        """How near it is to what was typed, 0 for a hit in its name; None where a part is nowhere."""
        for rank, text in enumerate((self.words, self.line, f"{self.line} {self.more}")):
            if all(part in text.casefold() for part in parts):
                return rank
        return None


def nearest(entries: Sequence[Pick], typed: str) -> tuple[Pick, ...]:
    """The entries that match what was typed, the best first, else in their order."""
    parts = typed.casefold().split()
    ranked = [(rank, entry) for entry in entries if (rank := entry.rank(parts)) is not None]
    return tuple(entry for _rank, entry in sorted(ranked, key=lambda each: each[0]))


class PickList(ModalScreen[str]):
    """A field to type in and the entries that match. Dismissed with the value chosen, "" for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+c", "cancel"),
        ("down", "move(1)"),
        ("up", "move(-1)"),
        ("pagedown", "move(10)"),
        ("pageup", "move(-10)"),
    ]

    def __init__(self, title: str, entries: Sequence[Pick], current: str = "") -> None:
        super().__init__()
        self.heading = title
        self.entries = tuple(entries)
        self.current = current
        self.matches = self.entries

    def compose(self) -> ComposeResult:
        with Vertical(classes="box tall") as box:
            with Horizontal(classes="line"):
                yield Static(Content(_("Find: [")), classes="auto")
                yield TextEdit(width=40)
                yield Static(Content("]"), classes="auto")
            yield Lines()
        box.border_title = Content(f" {self.heading} ")
        box.border_subtitle = Content(_(" Enter Choose  Esc Cancel "))

    def on_mount(self) -> None:
        self.query_one(Lines).can_focus = False
        self.query_one(TextEdit).focus()
        values = [entry.value for entry in self.entries]
        self.query_one(Lines).cursor = values.index(self.current) if self.current in values else 0
        self._draw()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.matches = nearest(self.entries, event.value)
        if event.value:
            self.query_one(Lines).cursor = 0
        self._draw()

    def on_input_submitted(self) -> None:
        if self.matches:
            self.dismiss(self.matches[self.query_one(Lines).cursor].value)

    def action_cancel(self) -> None:
        self.dismiss("")

    def action_move(self, by: int) -> None:
        lines = self.query_one(Lines)
        lines.cursor = min(max(0, lines.cursor + by), max(0, len(self.matches) - 1))
        self._draw()

    def _draw(self) -> None:
        lines = self.query_one(Lines)
        here = console_of(self).glyphs.here
        chosen = min(lines.cursor, max(0, len(self.matches) - 1))
        shown = [
            Content(f"{here if index == chosen else ' '} {fitted(entry.line, WIDTH)}")
            for index, entry in enumerate(self.matches)
        ]
        lines.show(shown or [Content(_("  Nothing found."))], cursor=chosen)
