"""Setting the password of an account."""

from __future__ import annotations

from collections.abc import Awaitable

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.buttons import Button
from screens.key_actions import look_after_keys
from screens.new_password import NewPassword
from screens.page import Page
from screens.radio import Radio
from screens.texts import N_, _


class PasswordsPage(Page):
    """The account (an administrator chooses it), the new password twice, and the rule."""

    hints = N_("Tab Next  Left/Right Choose account  Enter Set password  Esc Tabs  ? Help")
    about = N_(
        "A new password needs eight characters with upper and lower case, a digit and a special character. "
        "Setting it ends the other sessions of that account. A lost user password is set anew by the "
        "administrator; a lost administrator password needs the factory reset at the station itself. "
        "Public keys open an account over SSH without its password; the administrator adds and removes them."
    )

    def compose(self) -> ComposeResult:
        yield Static(Content(""))
        if self.visit.is_admin:
            yield Radio(_("Account"), [("user", _("User")), ("admin", _("Admin"))])
        else:
            yield Static(Content(_("   Account                   User")))
        yield NewPassword(ask_old=not self.visit.is_admin)
        if self.visit.is_admin:
            yield Button(_("Public keys for SSH"), "keys")

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        await look_after_keys(self.console)

    @property
    def account(self) -> str:
        return self.query_one(Radio).value if self.visit.is_admin else "user"

    def on_radio_changed(self) -> None:
        self.query_one(NewPassword).show_old(shown=self.account == self.visit.person.account)

    @work(group="door", exclusive=True)
    async def on_new_password_entered(self, message: NewPassword.Entered) -> None:
        own = self.account == self.visit.person.account
        station = self.visit.station
        done = await self.console.attempt(
            _set_password(
                station.change_password(self.account, message.new, old=message.old if own else None)
            )
        )
        if done:
            self.query_one(NewPassword).clear()
            self.console.tell(_("The password of {account} is set.").format(account=self.account))


async def _set_password(change: Awaitable[None]) -> bool:
    await change
    return True
