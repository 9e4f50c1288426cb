"""A question that is answered by typing a word: before what destroys much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.text_edit import TextEdit
from screens.texts import _


class TypedQuestion(ModalScreen[bool]):
    """Dismissed with True only when the word was typed; any other entry says so and asks again."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "cancel")]

    def __init__(self, title: str, text: Sequence[str], word: str) -> None:
        super().__init__()
        self.heading = title
        self.text = tuple(text)
        self.word = word

    def compose(self) -> ComposeResult:
        asks = _("Type {word} and press Enter. Esc leaves everything as it is.").format(word=self.word)
        with Vertical(classes="box") as box:
            yield Static(Content("\n".join([*self.text, "", asks])))
            with Horizontal(classes="line"):
                yield Static(Content("["), classes="auto")
                yield TextEdit(width=24, max_length=24)
                yield Static(Content("]"), classes="auto")
            yield Static(id="not-it")
        box.border_title = Content(f" {self.heading} ")

    def on_mount(self) -> None:
        self.query_one(TextEdit).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() == self.word:
            self.dismiss(True)
        else:
            says = _("This is not {word}. Nothing was done.").format(word=self.word)
            self.query_one("#not-it", Static).update(Content.styled(says, "bold $error"))

    def action_cancel(self) -> None:
        self.dismiss(False)
