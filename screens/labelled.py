"""A labelled field that belongs to no setting: user names and passwords."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.console import console_of
from screens.text_edit import TextEdit


class Mark(Widget):
    """Shows that the field of its line has the focus."""

    def render(self) -> Content:
        parent = self.parent
        here = isinstance(parent, Widget) and parent.has_focus_within
        return Content(console_of(self).glyphs.here if here else " ")


class Labelled(Horizontal):
    """`Password  [        ]`."""

    def __init__(
        self,
        label: str,
        *,
        id: str,  # noqa: A002 -- Textual's own name for it.
        password: bool = False,
        label_width: int = 26,
        width: int = 24,
    ) -> None:
        super().__init__(id=id, classes="line")
        self.label = label
        self.secret = password
        self.label_width = label_width
        self.field_width = width

    def compose(self) -> ComposeResult:
        yield Mark()
        yield Static(Content(f"  {self.label.ljust(self.label_width)}["), classes="auto")
        yield TextEdit(password=self.secret, max_length=128, width=self.field_width)
        yield Static(Content("]"), classes="auto")

    @property
    def edit(self) -> TextEdit:
        return self.query_one(TextEdit)

    def on_descendant_focus(self) -> None:
        self.query_one(Mark).refresh()

    def on_descendant_blur(self) -> None:
        self.query_one(Mark).refresh()
