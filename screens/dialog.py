"""A box over the screen: text to read and buttons to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.buttons import Button
from screens.texts import _

LONG = 15
"""More lines than this do not fit into the box."""


class Scroll(VerticalScroll, can_focus=True):
    """Text that can be longer than its box."""

    BINDINGS: ClassVar[list[BindingType]] = [("n", "page_down"), ("p", "page_up")]


class Dialog(ModalScreen[str]):
    """Text and buttons; the first button is the safe one. Dismissed with the action, "" for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+c", "cancel"),
        ("down", "down"),
        ("up", "up"),
        ("pagedown", "page(1)"),
        ("pageup", "page(-1)"),
    ]

    def __init__(
        self,
        title: str,
        text: Sequence[str | Content],
        buttons: Sequence[tuple[str, str]],
        *,
        keys: dict[str, str] | None = None,
    ) -> None:
        """`buttons` are (action, label); `keys` give letters to actions, such as y and n."""
        super().__init__()
        self.heading = title
        self.text = [line if isinstance(line, Content) else Content(line) for line in text]
        self.buttons = buttons
        self.keys = keys or {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            with Scroll():
                yield Static(Content("\n").join(self.text))
            with Horizontal(classes="buttons"):
                for action, label in self.buttons:
                    yield Button(label, action)
        if len(self.text) > LONG:
            box.border_subtitle = Content(_(" Up/Down Scroll "))
        box.border_title = Content(f" {self.heading} ")

    def on_mount(self) -> None:
        self.query(Button).first().focus()
        self.query_one(Scroll).can_focus = False

    def on_button_pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.action)

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.lower() in self.keys:
            event.stop()
            self.dismiss(self.keys[event.character.lower()])

    def action_cancel(self) -> None:
        self.dismiss("")

    def action_down(self) -> None:
        self.query_one(Scroll).scroll_down(animate=False)

    def action_up(self) -> None:
        self.query_one(Scroll).scroll_up(animate=False)

    def action_page(self, pages: int) -> None:
        scroll = self.query_one(Scroll)
        scroll.scroll_relative(y=pages * scroll.size.height, animate=False)


def question(title: str, text: Sequence[str | Content], yes: str) -> Dialog:
    """A question that starts on the safe answer; the answer `yes` is the action "yes"."""
    return Dialog(title, text, [("", _("No")), ("yes", yes)], keys={"y": "yes", "n": ""})


def notice(title: str, text: Sequence[str | Content]) -> Dialog:
    """Something to read."""
    return Dialog(title, text, [("", _("Close"))])
