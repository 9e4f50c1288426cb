"""A button of one line that shows its focus without colour."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget


class Button(Widget, can_focus=True):
    """`[ Save ]`, and `[>Save<]` while it has the focus. Enter or Space presses it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,space", "press"),
        ("right", "app.focus_next"),
        ("left", "app.focus_previous"),
    ]

    class Pressed(Message):
        """Somebody pressed the button `action`."""

        def __init__(self, action: str) -> None:
            self.action = action
            super().__init__()

    def __init__(self, label: str, action: str, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.action = action
        self.rename(label)

    def rename(self, label: str) -> None:
        """Call it otherwise."""
        self.label = label
        self.styles.width = len(label) + 4
        self.refresh()

    def render(self) -> Content:
        if self.has_focus:
            return Content(f"[>{self.label}<]")
        return Content(f"[ {self.label} ]")

    @property
    def cursor_at(self) -> Offset:
        return Offset(2, 0)

    def action_press(self) -> None:
        self.post_message(self.Pressed(self.action))
