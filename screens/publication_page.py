"""Publication: its result and its next time above the form of its settings."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.api import AnyEvent, PublicationStatus, PublishOutcome
from core.events import PublicationChanged
from core.values.setting import Value
from screens.buttons import Button
from screens.cleaned import cleaned
from screens.dialog import notice
from screens.form import FormPage
from screens.publication_words import plain_warning, records_words, result_lines
from screens.rows import SettingRow
from screens.step_words import outcome_lines, step_line
from screens.texts import N_, _

MOST_LINES = 2
"""Lines for one thing that is said; a screen of 24 keeps room for the form below."""


class PublicationPage(FormPage):
    """The settings of publication, what it did, and doing it now."""

    hints = N_("Tab Next  Space Change  ^O/F10 Save  F9 Discard  Esc Tabs  / Find  ? Help")
    about = N_(
        "Charge data records are sent by e-mail, to a file server or to a web server, each once. Publish "
        "now sends what waits without waiting for the end of the day, week or month. Test connection tries "
        "every step with what is entered here, saved or not, and sends no record."
    )

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self._known: PublicationStatus | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="published")
        with Horizontal(classes="line"):
            if self._may_publish:
                yield Button(_("Publish now"), "publish")
                yield Button(_("Test connection"), "test")
            yield Static(id="plain")
        yield from super().compose()

    @property
    def _may_publish(self) -> bool:
        """The same account that may change how records are sent."""
        view = self.visit.settings.get("publication.frequency")
        return view is not None and view.writable

    async def opened(self) -> None:
        self._show(await self.console.attempt(self.visit.station.publication()))

    def announced(self, fact: AnyEvent) -> None:
        if isinstance(fact, PublicationChanged):
            self.read()

    def refresh_now(self) -> None:
        self.read()

    def first_focus(self) -> Widget | None:
        """The first setting: the buttons stand above it, but nobody means them by opening the page."""
        row = next(iter(self.query(SettingRow)), None)
        return row.editor if row is not None and row.editor.focusable else super().first_focus()

    @work(group="publication", exclusive=True)
    async def read(self) -> None:
        """Show what is known now."""
        self._show(await self.console.attempt(self.visit.station.publication()))

    def _show(self, status: PublicationStatus | None) -> None:
        if status is not None:
            self._known = status
            self.query_one("#published", Static).update(Content("\n".join(self._lines(status))))
            self.query_one("#plain", Static).update(Content(f" {plain_warning(status)}"))

    def _lines(self, status: PublicationStatus) -> list[str]:
        if status.test is not None and status.test.ok is None:
            said = [_("Testing the connection ..."), *(step_line(step) for step in status.test.steps[-2:])]
        else:
            said = result_lines(status, self.visit.zone)
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
            await self._publish()

    async def _publish(self) -> None:
        if self._changes():
            self.console.tell(_("Save first (^O): records are published by what is saved."))
            return
        self.console.tell(_("Publishing ..."))
        outcome = await self.console.attempt(self.visit.station.publish_now())
        if outcome is not None:
            self.console.tell(outcome_words(outcome))

    def _changes(self) -> Mapping[str, Value]:
        """What is entered here and not saved."""
        edits = self.visit.edits.changes()
        return {key: value for key, value in edits.items() if key.startswith("publication.")}

    async def _test(self) -> None:
        test = await self.console.attempt(self.visit.station.test_publication(self._changes()))
        if test is not None:
            lines = outcome_lines(test, _("The server can be reached. Nothing was sent."))
            await self.app.push_screen_wait(notice(_("Test connection"), lines))


def outcome_words(outcome: PublishOutcome) -> str:
    """What came of publishing now, on one line."""
    failed = outcome.failed
    if failed is not None:
        return _("{records} not sent. {step}: {said}").format(
            records=records_words(failed.first, failed.last).capitalize(),
            step=_(failed.step),
            said=_(failed.said),
        )
    if not outcome.records:
        return _("Everything is published already.")
    return _("{count} records are published.").format(count=outcome.records)
