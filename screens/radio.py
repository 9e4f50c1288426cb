"""A choice on one line that belongs to no setting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from screens.console import console_of
from screens.row_drawing import columns_for


class Radio(Widget, can_focus=True):
    """`Account   (*) User  ( ) Admin`; Left, Right and Space choose."""

    BINDINGS: ClassVar[list[BindingType]] = [("space,right", "turn(1)"), ("left", "turn(-1)")]

    class Changed(Message):
        """Something else was chosen."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]]) -> None:
        """`choices` are (value, words); the first is chosen."""
        super().__init__(classes="row")
        self.label = label
        self.choices = tuple(choices)
        self.chosen = 0

    @property
    def value(self) -> str:
        return self.choices[self.chosen][0]

    def render(self) -> Content:
        here = console_of(self).glyphs.here if self.has_focus else " "
        marks = "  ".join(
            f"({'*' if number == self.chosen else ' '}) {words}"
            for number, (_value, words) in enumerate(self.choices)
        )
        width = columns_for(self.size.width).label_width
        return Content(f"{here}  {self.label.ljust(width)} {marks}")

    @property
    def cursor_at(self) -> Offset:
        return Offset(columns_for(self.size.width).value_at, 0)

    def action_turn(self, by: int) -> None:
        self.chosen = (self.chosen + by) % len(self.choices)
        self.refresh()
        self.post_message(self.Changed())
