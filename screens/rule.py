"""A horizontal line that can say how much there is below it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from screens.console import console_of


class Rule(Widget):
    """A line across the screen; `says` stands near its right end."""

    says = ""

    def say(self, text: str) -> None:
        if text != self.says:
            self.says = text
            self.refresh()

    def render(self) -> Content:
        mark = console_of(self).glyphs.rule
        if not self.says:
            return Content(mark * self.size.width)
        tail = f" {self.says} {mark * 2}"
        return Content(mark * (self.size.width - len(tail)) + tail)
