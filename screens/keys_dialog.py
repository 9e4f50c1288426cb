"""The box with the public keys of both accounts, and the one in which a new one is pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from core.api import SshKey
from screens.buttons import Button
from screens.console import console_of
from screens.key_lines import key_head, key_line
from screens.lines import Lines
from screens.radio import Radio
from screens.text_edit import TextEdit
from screens.texts import _

LONGEST_PASTE = 4096
FIELD = 66


@dataclass(frozen=True, kw_only=True)
class KeyWish:
    """What somebody wants to do; `key` is the one of the cursor."""

    what: Literal["add", "remove", "details"]
    key: SshKey | None = None


class KeysDialog(ModalScreen[KeyWish | None]):
    """Dismissed with a wish, None for Esc. `said` tells what came of the last one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+c", "leave"),
        ("a", "wish('add')"),
        ("r", "wish('remove')"),
    ]

    def __init__(self, keys: Sequence[SshKey], said: str, cursor: int) -> None:
        super().__init__()
        self.keys = tuple(keys)
        self.said = said
        self.cursor = cursor

    def compose(self) -> ComposeResult:
        with Vertical(classes="box tall") as box:
            if self.said:
                yield Static(Content.styled(self.said, "bold"))
            yield Static(Content.styled(key_head(), "bold"))
            yield Lines()
            with Horizontal(classes="buttons"):
                yield Button(_("Add"), "add")
                yield Button(_("Remove"), "remove")
                yield Button(_("Close"), "close")
        box.border_title = Content(_(" Public keys "))
        box.border_subtitle = Content(_(" Enter Details  a Add  r Remove  Esc Close "))

    def on_mount(self) -> None:
        console = console_of(self)
        zone, ascii_only = console.visit.zone, console.terminal.ascii
        lines = [Content(key_line(key, zone, ascii_only=ascii_only)) for key in self.keys]
        self.query_one(Lines).show(
            lines or [Content(_("No public key: accounts open by password only."))], cursor=self.cursor
        )
        self.query_one(Lines).focus()

    def on_lines_opened(self) -> None:
        self.action_wish("details")

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "close":
            self.dismiss(None)
        else:
            self.action_wish("add" if message.action == "add" else "remove")

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_wish(self, what: Literal["add", "remove", "details"]) -> None:
        cursor = self.query_one(Lines).cursor
        key = self.keys[cursor] if cursor < len(self.keys) else None
        if what == "add" or key is not None:
            self.dismiss(KeyWish(what=what, key=key))


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """For which account, and the line that was pasted; None: it shall come as a file."""

    account: str
    line: str | None


class NewKeyDialog(ModalScreen[NewKey | None]):
    """Dismissed with the new key, None for Esc. `line` was refused before, for the reason `said`."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "leave")]

    def __init__(self, said: str = "", line: str = "") -> None:
        super().__init__()
        self.said = said
        self.line = line

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            yield Radio(_("Opens the account"), [("admin", _("Admin")), ("user", _("User"))])
            yield Static(Content(_("\nPaste the line of the .pub file: ssh-ed25519 AAAA... name")))
            with Horizontal(classes="line"):
                yield Static(Content("["), classes="auto")
                yield TextEdit(self.line, width=FIELD, max_length=LONGEST_PASTE)
                yield Static(Content("]"), classes="auto")
            yield Static(Content.styled(self.said, "bold $error"))
            with Horizontal(classes="buttons"):
                yield Button(_("Add"), "add")
                yield Button(_("From a file"), "file")
                yield Button(_("Cancel"), "cancel")
        box.border_title = Content(_(" Add a public key "))

    def on_mount(self) -> None:
        self.query_one(TextEdit).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._done(event.value)

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "cancel":
            self.dismiss(None)
        else:
            self._done(self.query_one(TextEdit).value if message.action == "add" else None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def _done(self, line: str | None) -> None:
        self.dismiss(NewKey(account=self.query_one(Radio).value, line=line))
