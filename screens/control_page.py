"""Restarting the station, restoring its factory settings, erasing personal data."""

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
from screens.restart import open_plugs
from screens.texts import N_, _
from screens.times import since_words

PURPOSES = {
    "restart": N_("Restart"),
    "factory_reset": N_("Factory reset"),
    "firmware": N_("Firmware"),
    "personal_data": N_("Erasing of personal data"),
}
ACTIONS = (
    (N_("Restart"), N_("Restart the station"), "app.restart", N_("Restart"), False),
    (
        N_("Configuration"),
        N_("Back to factory settings: only badges and the log are kept"),
        "app.restore_factory",
        N_("Restore"),
        True,
    ),
    (
        N_("Personal data"),
        N_("Erase all badges and charge data records"),
        "app.erase_personal",
        N_("Erase"),
        True,
    ),
)
"""Heading, what it does, action, button, and whether it is for the administrator only."""
LABEL = 58


class ControlPage(Page):
    """What waits for a restart, what waits until no charge is open, and what restarts the station."""

    hints = N_("Tab Next  Enter Choose  Esc Tabs  / Find  ? Help")
    about = N_(
        "Restart starts the station again, now or when no car charges; a charge that it ends keeps its "
        "record. This screen comes back by itself. The status light goes off and on again; with a key lock, "
        "leave the station unlocked. Restore gives back the factory settings, and Erase removes badges and "
        "records: both are for the administrator, restart the station and cannot be taken back."
    )

    def compose(self) -> ComposeResult:
        yield Static(id="waiting")
        with Horizontal(classes="line", id="postponed"):
            yield Button(_("Take back"), "take_back")
        for heading, says, action, button, for_admin in ACTIONS:
            if self.visit.is_admin or not for_admin:
                yield Static(Content.styled(f"\n {_(heading)}", "bold"))
                with Horizontal(classes="line"):
                    yield Static(Content(f"   {_(says):{LABEL}}"), classes="auto")
                    yield Button(_(button), action)

    def on_mount(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Say what the station waits for."""
        waiting = self.visit.status.station.restart_waiting
        self.query_one("#postponed").display = waiting is not None
        says = wrapped([self._needed()])
        if waiting is not None:
            says += ["", *wrapped([self._postponed(waiting)])]
        self.query_one("#waiting", Static).update(Content("\n".join(f" {line}" for line in says)))

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
        return next(button for button in self.query(Button) if button.action == "app.restart")

    def show_status(self, status: StationStatus) -> None:  # noqa: ARG002 -- the visit holds it too.
        self.draw()

    def settings_changed(self) -> None:
        self.draw()

    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "take_back":
            self.take_back()
        else:
            await self.run_action(message.action)

    @work(group="settings")
    async def take_back(self) -> None:
        taken = await self.console.attempt(self.visit.station.take_back_restart())
        await self.console.attempt(self.visit.read_status())
        self.console.edits_changed()
        if taken is not None:
            self.first_focus().focus()
            self.console.tell(_("Taken back: the station goes on as it is."))
