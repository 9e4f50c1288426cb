"""Publication: its result and its next time above the form of its settings."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.api import PublicationStatus, PublishOutcome
from core.events import PublicationChanged
from screens.buttons import Button
from screens.known_form import KnownForm
from screens.publication_words import plain_warning, records_words, result_lines
from screens.step_words import testing_lines
from screens.texts import N_, _


class PublicationPage(KnownForm[PublicationStatus]):
    """The settings of publication, what it did, and doing it now."""

    about = N_(
        "Charge data records are sent by e-mail, to a file server or to a web server, each once. Publish "
        "now sends what waits without waiting for the end of the day, week or month. Test connection tries "
        "every step with what is entered here, saved or not, and sends no record."
    )
    news = (PublicationChanged,)

    def compose(self) -> ComposeResult:
        yield Static(id="known")
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

    async def ask(self) -> PublicationStatus:
        return await self.visit.station.publication()

    def known_lines(self, known: PublicationStatus) -> list[str]:
        return testing_lines(known.test) or result_lines(known, self.visit.zone)

    def show(self, known: PublicationStatus | None) -> None:
        super().show(known)
        if known is not None:
            self.query_one("#plain", Static).update(Content(f" {plain_warning(known)}"))

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "test":
            await self._test()
        else:
            await self._publish()

    async def _publish(self) -> None:
        if self.entered():
            self.console.tell(_("Save first (^O): records are published by what is saved."))
            return
        self.console.tell(_("Publishing ..."))
        outcome = await self.console.attempt(self.visit.station.publish_now())
        if outcome is not None:
            self.console.tell(outcome_words(outcome))

    async def _test(self) -> None:
        test = await self.console.attempt(self.visit.station.test_publication(self.entered()))
        if test is not None:
            good = _("The server can be reached. Nothing was sent.")
            await self.show_outcome(_("Test connection"), test, good)


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
