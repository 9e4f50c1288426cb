"""Restarting the station."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from core.api import StationStatus
from screens.buttons import Button
from screens.page import Page
from screens.restart import restart_station
from screens.texts import N_, _


class ControlPage(Page):
    """The restart, and what waits for one."""

    about = N_(
        "Restart ends charges in progress cleanly, with their records, and starts the station again. "
        "This screen comes back by itself. The status light goes off and on again; with a key lock, leave "
        "the station unlocked."
    )

    def compose(self) -> ComposeResult:
        yield Static(id="waiting")
        yield Button(_("Restart the station"), "restart")

    def on_mount(self) -> None:
        self.query_one(Button).focus()
        self.draw()

    def draw(self) -> None:
        keys = self.visit.status.station.restart_keys
        labels = [self.visit.name(key) for key in keys if key in self.visit.settings]
        says = _("Nothing waits for a restart.")
        if keys:
            says = _("A restart is needed for: {settings}.").format(settings=", ".join(labels) or len(keys))
        self.query_one("#waiting", Static).update(Content(f" {says}\n"))

    def show_status(self, status: StationStatus) -> None:  # noqa: ARG002 -- the visit holds it too.
        self.draw()

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self) -> None:
        await restart_station(self.console)
