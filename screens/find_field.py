"""The field over a list in which somebody types what they look for."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from screens.console import console_of
from screens.text_edit import TextEdit
from screens.texts import _

WIDTH = 16


class FindField(TextEdit):
    """Says what is looked for at Enter, and by itself when the keys rest."""

    class Wanted(Message):
        """`text` is looked for; `entered` by Enter, which goes on to the list."""

        def __init__(self, text: str, *, entered: bool) -> None:
            self.text = text
            self.entered = entered
            super().__init__()

    def __init__(self, max_length: int) -> None:
        super().__init__(id="find", width=WIDTH, max_length=max_length)
        self._told = ""
        self._rest: Timer | None = None

    def begin_with(self, text: str) -> None:
        """Show what is looked for already."""
        self._told = text
        self.value = text

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(console_of(self).terminal.pause, self._rested)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._told = self.value.strip()
        self.post_message(self.Wanted(self._told, entered=True))

    def _rested(self) -> None:
        if self.value.strip() != self._told:
            self._told = self.value.strip()
            self.post_message(self.Wanted(self._told, entered=False))


class FindBar(Horizontal):
    """The field between its brackets; what was found is said behind them, in `#count`."""

    def __init__(self, max_length: int) -> None:
        super().__init__(classes="line")
        self._max_length = max_length

    def compose(self) -> ComposeResult:
        yield Static(Content(_(" Find: [")), classes="auto")
        yield FindField(self._max_length)
        yield Static(Content("]"), classes="auto")
        yield Static(id="count")
