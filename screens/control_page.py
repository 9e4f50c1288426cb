"""Restarting the station, and what waits for it."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.api import StationStatus, WaitingRestart
from screens.buttons import Button
from screens.cleaned import cleaned
from screens.keys_help import wrapped
from screens.page import Page
from screens.restart import open_plugs, restart_station
from screens.texts import N_, _
from screens.times import since_words

PURPOSES = {"restart": N_("Restart"), "firmware": N_("Firmware")}


class ControlPage(Page):
    """The restart, what waits for one, and what waits until no charge is open."""

    about = N_(
        "Restart ends charges in progress cleanly, with their records, and starts the station again, now or "
        "when no car charges. This screen comes back by itself. The status light goes off and on again; with "
        "a key lock, leave the station unlocked."
    )

    def compose(self) -> ComposeResult:
        yield Static(id="waiting")
        with Horizontal(classes="line", id="postponed"):
            yield Button(_("Take back"), "take_back")
        yield Button(_("Restart the station"), "restart")

    def on_mount(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Say what the station waits for."""
        station = self.visit.status.station
        waiting = station.restart_waiting
        self.query_one("#postponed").display = waiting is not None
        says = wrapped([self._needed()])
        if waiting is not None:
            says += ["", *wrapped([self._postponed(waiting)])]
        self.query_one("#waiting", Static).update(Content("".join(f" {line}\n" for line in says)))

    def _needed(self) -> str:
        keys = self.visit.status.station.restart_keys
        labels = [self.visit.name(key) for key in keys if key in self.visit.settings]
        if not keys:
            return _("No setting waits for a restart.")
        return _("A restart is needed for: {settings}.").format(settings=", ".join(labels) or len(keys))

    def _postponed(self, waiting: WaitingRestart) -> str:
        station = self.visit.status.station
        says = _("WAITS until no charge is open (plug {plugs}): {purpose}, asked for at {since} by {who}.")
        return says.format(
            plugs=open_plugs(self.console) or "-",
            purpose=_(PURPOSES[waiting.purpose]),
            since=since_words(waiting.since, station.time, self.visit.zone),
            who=cleaned(f"{waiting.account}, {waiting.origin}"),
        )

    def first_focus(self) -> Button:
        return self.query(Button).last()

    def show_status(self, status: StationStatus) -> None:  # noqa: ARG002 -- the visit holds it too.
        self.draw()

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "restart":
            await restart_station(self.console)
        else:
            await self._take_back()
        self.draw()

    async def _take_back(self) -> None:
        taken = await self.console.attempt(self.visit.station.take_back_restart())
        await self.console.attempt(self.visit.read_status())
        self.console.edits_changed()
        if taken is not None:
            self.query(Button).last().focus()
            self.console.tell(_("Taken back: the station goes on as it is."))
