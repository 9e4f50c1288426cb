"""Supervision: the state of the link above the form of its settings, its test, its last messages."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.events import SupervisionChanged
from core.values.supervision import SupervisionStatus
from screens.buttons import Button
from screens.cleaned import cleaned
from screens.dialog import notice
from screens.known_form import KnownForm
from screens.step_words import testing_lines
from screens.supervision_words import link_lines, message_line, plain_warning
from screens.texts import N_, _

MOST_MESSAGES, LONGEST_ID = 14, 16


class SupervisionPage(KnownForm[SupervisionStatus]):
    """The settings of supervision, how its link is, and finding out why it is not."""

    about = N_(
        "The link to a central system by OCPP 1.6. Your operator gives you address, identity and key. Test "
        "connection goes all the way with what is entered here, saved or not, and says at which step it "
        "fails; the link rests meanwhile, charging goes on. Last messages shows what went over the link, by "
        "types and ids."
    )
    news = (SupervisionChanged,)

    def compose(self) -> ComposeResult:
        yield Static(id="known")
        with Horizontal(classes="line"):
            yield Button(_("Test connection"), "test")
            yield Button(_("Last messages"), "messages")
            yield Static(id="plain")
        yield from super().compose()

    async def ask(self) -> SupervisionStatus:
        return await self.visit.station.supervision()

    def known_lines(self, known: SupervisionStatus) -> list[str]:
        return testing_lines(known.test) or link_lines(known, self.visit.zone)

    def show(self, known: SupervisionStatus | None) -> None:
        super().show(known)
        if known is not None:
            self.query_one("#plain", Static).update(Content(f" {plain_warning(known)}"))

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "test":
            await self._test()
        else:
            await self._messages()

    async def _test(self) -> None:
        test = await self.console.attempt(self.visit.station.test_supervision(self.entered()))
        if test is not None:
            good = _("The central system can be reached and takes this station.")
            await self.show_outcome(_("Test connection"), test, good)

    async def _messages(self) -> None:
        status = await self.console.attempt(self.visit.station.supervision())
        if status is not None:
            lines = [
                cleaned(message_line(each, self.visit.zone, LONGEST_ID))
                for each in status.messages[:MOST_MESSAGES]
            ]
            await self.app.push_screen_wait(notice(_("Last messages"), lines or [_("No messages yet.")]))
