"""Entering a new password twice, with the rule in words and what is still missing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from screens.buttons import Button
from screens.console import console_of
from screens.labelled import Labelled
from screens.password_rule import RULE
from screens.password_strength import MEANING, strength
from screens.texts import _


class NewPassword(Vertical):
    """The fields; `Entered` when both are the same and the rule is met."""

    class Entered(Message):
        """A new password that meets the rule, and the old one where it was asked for."""

        def __init__(self, new: str, old: str) -> None:
            self.new = new
            self.old = old
            super().__init__()

    def __init__(self, *, ask_old: bool) -> None:
        super().__init__()
        self.ask_old = ask_old

    def compose(self) -> ComposeResult:
        yield Labelled(_("Present password"), id="old", password=True)
        yield Labelled(_("New password"), id="new", password=True)
        yield Labelled(_("New password again"), id="again", password=True)
        yield Static(id="rule")
        yield Button(_("Set password"), "set")

    def on_mount(self) -> None:
        self.show_old(shown=self.ask_old)
        self.draw()

    def show_old(self, *, shown: bool) -> None:
        """Ask for the present password, which only one's own account needs."""
        self.ask_old = shown
        self.query_one("#old").display = shown

    def typed(self, field: str) -> str:
        return self.query_one(f"#{field}", Labelled).edit.value

    def clear(self) -> None:
        for field in self.query(Labelled):
            field.edit.value = ""

    def refusal(self) -> str:
        """What keeps this from being a new password; "" when nothing does."""
        new, again = self.typed("new"), self.typed("again")
        if not all(holds(new) for _words, holds in RULE):
            return _("The new password does not meet the rule yet.")
        if new != again:
            return _("The two entries differ.")
        if self.ask_old and not self.typed("old"):
            return _("Enter the present password too.")
        return ""

    def draw(self) -> None:
        """Show the rule; the parts that are met are marked."""
        new, again = self.typed("new"), self.typed("again")
        lines = ["", _("   The new password needs:")]
        lines += [f"     [{'x' if holds(new) else ' '}] {_(words)}" for words, holds in RULE]
        same = bool(new) and new == again
        lines += [f"     [{'x' if same else ' '}] " + _("the same entry twice")]
        lines += [f"   {_('Strength')}: {_(MEANING[strength(new)])}" if new else "", ""]
        self.query_one("#rule", Static).update(Content("\n".join(lines)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.typed("new") and self.typed("again"):
            self.enter()
        else:
            self.screen.focus_next()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.enter()

    def enter(self) -> None:
        refusal = self.refusal()
        if refusal:
            console_of(self).tell(refusal)
        else:
            self.post_message(self.Entered(self.typed("new"), self.typed("old")))
