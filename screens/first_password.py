"""The screen that a factory password leads to: set a new one, nothing else."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from core.api import SessionInfo, Station
from core.errors import StationError, TryLater
from screens.console import console_of, refusal_words
from screens.new_password import NewPassword
from screens.texts import _


class FirstPassword(Screen[None], inherit_bindings=False):
    """Until the factory password is replaced, this is all that the account can do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+c", "app.log_out"),
        ("down", "app.focus_next"),
        ("up", "app.focus_previous"),
    ]

    class Done(Message):
        """The factory password is replaced."""

        def __init__(self, station: Station) -> None:
            self.station = station
            super().__init__()

    def __init__(self, station: Station, person: SessionInfo) -> None:
        super().__init__()
        self.station = station
        self.person = person

    def compose(self) -> ComposeResult:
        says = _(" Set a new password for {account}").format(account=self.person.account)
        yield Static(Content.styled(says, "bold"))
        yield Static(
            Content(
                _(
                    "\n The factory password is printed in every guide. Replace it before anything\n"
                    " else; write the new one down where only authorised persons find it.\n"
                )
            )
        )
        yield NewPassword(ask_old=False)
        yield Static(id="refusal")

    def on_mount(self) -> None:
        self.query_one("#new").query_one("TextEdit").focus()

    def tell(self, text: str) -> None:
        self.query_one("#refusal", Static).update(Content.styled(f" {text}", "bold $error"))

    @work(group="door", exclusive=True)
    async def on_new_password_entered(self, message: NewPassword.Entered) -> None:
        try:
            await self.station.change_password(self.person.account, message.new)
        except TryLater:
            console_of(self).link_lost()
        except StationError as refusal:
            self.tell(refusal_words(refusal))
        else:
            self.app.post_message(self.Done(self.station))
