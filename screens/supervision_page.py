"""Supervision: the state of the link above the form of its settings, its test, its last messages."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.api import AnyEvent
from core.events import SupervisionChanged
from core.values.setting import Value
from core.values.supervision import SupervisionStatus
from screens.buttons import Button
from screens.cleaned import cleaned
from screens.dialog import notice
from screens.form import FormPage
from screens.rows import SettingRow
from screens.step_words import outcome_lines, step_line
from screens.supervision_words import link_lines, message_line, plain_warning
from screens.texts import N_, _

MOST_LINES = 2
"""Lines for one thing that is said; a screen of 24 keeps room for the form below."""

MOST_MESSAGES = 14


class SupervisionPage(FormPage):
    """The settings of supervision, how its link is, and finding out why it is not."""

    hints = N_("Tab Next  Space Change  ^O/F10 Save  F9 Discard  Esc Tabs  / Find  ? Help")
    about = N_(
        "The link to a central system by OCPP 1.6. Your operator gives you address, identity and key. Test "
        "connection goes all the way with what is entered here, saved or not, and says at which step it "
        "fails; the link rests meanwhile, charging goes on. Last messages shows what went over the link, by "
        "types and ids."
    )

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self._known: SupervisionStatus | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="linked")
        with Horizontal(classes="line"):
            yield Button(_("Test connection"), "test")
            yield Button(_("Last messages"), "messages")
            yield Static(id="plain")
        yield from super().compose()

    async def opened(self) -> None:
        self._show(await self.console.attempt(self.visit.station.supervision()))

    def announced(self, fact: AnyEvent) -> None:
        if isinstance(fact, SupervisionChanged):
            self.read()

    def refresh_now(self) -> None:
        self.read()

    def first_focus(self) -> Widget | None:
        """The first setting: the buttons stand above it, but nobody means them by opening the page."""
        row = next(iter(self.query(SettingRow)), None)
        return row.editor if row is not None and row.editor.focusable else super().first_focus()

    @work(group="supervision", exclusive=True)
    async def read(self) -> None:
        """Show what is known now."""
        self._show(await self.console.attempt(self.visit.station.supervision()))

    def _show(self, status: SupervisionStatus | None) -> None:
        if status is not None:
            self._known = status
            self.query_one("#linked", Static).update(Content("\n".join(self._lines(status))))
            self.query_one("#plain", Static).update(Content(f" {plain_warning(status)}"))

    def _lines(self, status: SupervisionStatus) -> list[str]:
        if status.test is not None and status.test.ok is None:
            said = [_("Testing the connection ..."), *(step_line(step) for step in status.test.steps[-2:])]
        else:
            said = link_lines(status, self.visit.zone)
        width = max(20, self.size.width - 2)
        return [
            f" {line}"
            for each in said
            for line in textwrap.wrap(cleaned(each), width, max_lines=MOST_LINES, placeholder=" ...")
        ]

    def on_resize(self) -> None:
        super().on_resize()
        self._show(self._known)

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "test":
            await self._test()
        else:
            await self._messages()

    def _changes(self) -> Mapping[str, Value]:
        """What is entered here and not saved."""
        edits = self.visit.edits.changes()
        return {key: value for key, value in edits.items() if key.startswith("supervision.")}

    async def _test(self) -> None:
        test = await self.console.attempt(self.visit.station.test_supervision(self._changes()))
        if test is not None:
            lines = outcome_lines(test, _("The central system can be reached and takes this station."))
            await self.app.push_screen_wait(notice(_("Test connection"), lines))

    async def _messages(self) -> None:
        status = await self.console.attempt(self.visit.station.supervision())
        if status is not None:
            lines = [cleaned(message_line(each, self.visit.zone)) for each in status.messages[:MOST_MESSAGES]]
            await self.app.push_screen_wait(notice(_("Last messages"), lines or [_("No messages yet.")]))
