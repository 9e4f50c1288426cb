"""The installed versions, and what is installed next."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.api import AnyEvent, FirmwareStatus, StationStatus
from core.events import FirmwareChanged
from screens.buttons import Button
from screens.firmware_install import install_package
from screens.firmware_words import outcome_words, runs_words, state_words
from screens.installed_versions import version_lines
from screens.keys_help import wrapped
from screens.page import Page
from screens.texts import N_, _


class FirmwarePage(Page):
    """One row a charge point, named by the last byte of its address; packages below."""

    about = N_(
        "The versions installed on this station. Each charge point is named by the last byte of its "
        "IP address. Install takes a signed package (.zip), shows its release notes, writes it beside "
        "what runs, and restarts the station into it. A version that does not start, or whose charge "
        "points do not answer any more, is left again by itself."
    )

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Button(_("Install a package"), "install")
            yield Button(_("Leave it aside"), "withdraw")
        yield Static(id="versions")
        yield Static(id="firmware")

    def on_mount(self) -> None:
        self.query(Button).last().display = False
        self._show_versions()

    async def opened(self) -> None:
        self._show(await self.console.attempt(self.visit.station.firmware()))

    def first_focus(self) -> Widget:
        return self.query(Button).first()

    def announced(self, fact: AnyEvent) -> None:
        if isinstance(fact, FirmwareChanged):
            self.read()

    def show_status(self, status: StationStatus) -> None:
        if status.station.restart_waiting is not None:
            self.read()

    def refresh_now(self) -> None:
        self.read()

    @work(group="firmware", exclusive=True)
    async def read(self) -> None:
        """Show what is known now."""
        self._show(await self.console.attempt(self.visit.station.firmware()))

    def _show_versions(self) -> None:
        lines = [Content(" ") + line for line in version_lines(self.visit.hardware)]
        self.query_one("#versions", Static).update(Content("\n").join([Content(""), *lines, Content("")]))

    def _show(self, status: FirmwareStatus | None) -> None:
        if status is None:
            return
        said = [runs_words(status), state_words(status), outcome_words(status, self.visit.zone)]
        lines = [f" {line}" for each in said if each for line in [*wrapped([each]), ""]]
        self.query_one("#firmware", Static).update(Content("\n".join(lines)))
        leave = self.query(Button).last()
        waits = status.state == "waiting"
        if leave.has_focus and not waits:
            self.query(Button).first().focus()
        leave.display = waits

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "install":
            await install_package(self.console)
            return
        if await self.console.attempt(self.visit.station.withdraw_firmware()) is not None:
            self.console.tell(_("Left aside. What runs goes on."))
            await self.console.attempt(self.visit.read_status())
            self.console.edits_changed()
