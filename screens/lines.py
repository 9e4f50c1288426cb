"""A list of lines with a cursor: whatever its length, only the lines in view are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from screens.console import console_of
from screens.texts import _


class Lines(Widget, can_focus=True):
    """Up and Down move the cursor, PgUp and PgDn a page, Enter opens the line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "move(1)"),
        ("up", "move(-1)"),
        ("pagedown,n", "page(1)"),
        ("pageup,p", "page(-1)"),
        ("home", "go_to(0)"),
        ("end", "go_to(-1)"),
        ("enter", "open"),
    ]

    class Moved(Message):
        """The cursor stands on the line `index`."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    class Opened(Message):
        """Enter was pressed on the line `index`."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, *, classes: str = "", below: Callable[[int], None] | None = None) -> None:
        """`below` is told how many lines are below what is in view, whenever that changes."""
        super().__init__(classes=classes)
        self._below = below
        self._below_told = 0
        self.lines: tuple[Content, ...] = ()
        self.cursor = 0
        self.top = 0

    def show(self, lines: Sequence[Content], *, cursor: int | None = None) -> None:
        """Show these lines; the cursor stays where it is unless told."""
        self.lines = tuple(lines)
        if cursor is not None:
            self.cursor = cursor
        self._keep_in_view()
        self.refresh()
        self._tell_what_is_below()

    @property
    def below(self) -> int:
        """How many lines are below what is in view."""
        return max(0, self.count - self.top - self.size.height)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def line(self, index: int) -> Content:
        """A line in view."""
        return self.lines[index]

    def render(self) -> Content:
        self._keep_in_view()
        height = max(1, self.size.height)
        here = console_of(self).glyphs.here if self.has_focus else " "
        shown = [
            Content.assemble(here if index == self.cursor else " ", self.line(index))
            for index in range(self.top, min(self.count, self.top + height))
        ]
        return Content("\n").join(shown)

    def action_move(self, by: int) -> None:
        self._go(self.cursor + by)

    def action_page(self, pages: int) -> None:
        height = max(1, self.size.height)
        last_top = max(0, self.count - height)
        self.top = min(max(0, self.top + pages * height), last_top)
        self._go(self.cursor + pages * height)

    def action_go_to(self, index: int) -> None:
        self._go(index if index >= 0 else self.count - 1)

    def go_to_top(self, index: int) -> None:
        """Put the cursor on a line, and that line on top as far as there are lines below."""
        self.top = index
        self._go(index)

    def action_open(self) -> None:
        if self.count:
            self.post_message(self.Opened(self.cursor))

    def on_resize(self) -> None:
        self._keep_in_view()
        self._tell_what_is_below()

    def _tell_what_is_below(self) -> None:
        if self._below is not None and self.below != self._below_told:
            self._below_told = self.below
            self._below(self.below)

    def _go(self, index: int) -> None:
        self.cursor = min(max(0, index), max(0, self.count - 1))
        self._keep_in_view()
        self.refresh()
        self._tell_what_is_below()
        console_of(self).stand()
        self.post_message(self.Moved(self.cursor))

    def _keep_in_view(self) -> None:
        height = self.size.height
        if not height:
            return
        self.cursor = min(max(0, self.cursor), max(0, self.count - 1))
        self.top = min(max(self.top, self.cursor - height + 1), self.cursor)
        self.top = max(0, min(self.top, self.count - height))

    @property
    def cursor_at(self) -> Offset:
        return Offset(0, self.cursor - self.top)


def more_words(below: int) -> str:
    """How a rule says that there are more lines below; "" when there are none."""
    return _("{count} more below").format(count=below) if below else ""
