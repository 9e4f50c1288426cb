"""The bar for a change of the network that is on trial: what time is left, and what to do about it."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.api import NetworkStatus, NetworkTrial
from screens.buttons import Button
from screens.console import Console, console_of
from screens.dialog import Dialog
from screens.network_words import check_line, trial_lines
from screens.texts import _


class TrialBar(Horizontal):
    """Shown on every page while a change is on trial; counts the seconds that are left."""

    def __init__(self) -> None:
        super().__init__()
        self.trial: NetworkTrial | None = None
        self._ends_at = 0.0

    def compose(self) -> ComposeResult:
        yield Static(id="trial")
        yield Button(_("Confirm"), "confirm")
        yield Button(_("More time"), "extend")
        yield Button(_("Revert now"), "revert")

    def on_mount(self) -> None:
        self.display = False
        self.set_interval(1.0, self.draw)

    @property
    def seconds_left(self) -> int:
        return max(0, round(self._ends_at - console_of(self).elapsed()))

    @work(group="settings")
    async def look(self, *, ask: bool = False) -> None:
        """See how the network stands; `ask` who has just logged in whether to keep what is on trial."""
        console = console_of(self)
        if not console.attached:
            return
        status = await console.attempt(console.visit.station.network())
        if status is None:
            return
        before = self.trial
        self._take(status)
        if ask and self.trial is not None and not self.trial.why_not and console.visit.is_admin:
            self.ask(self.trial)
        if before is not None or self.trial is not None:
            await console.attempt(console.visit.read_settings())
            console.edits_changed()
        if before is not None and self.trial is None:
            console.tell(end_words(before, status))

    def _take(self, status: NetworkStatus) -> None:
        console = console_of(self)
        self.trial = status.trial
        if status.trial is not None:
            self._ends_at = console.elapsed() + status.trial.seconds_left
        for button in self.query(Button):
            button.display = console.visit.is_admin and (
                button.action != "confirm" or (status.trial is not None and not status.trial.why_not)
            )
        self.draw()

    def draw(self) -> None:
        """Show the seconds that are left; no line while nothing is on trial."""
        trial = self.trial if console_of(self).attached else None
        self.display = trial is not None
        if trial is not None:
            says = _(" ON TRIAL: {address}, {seconds} s").format(
                address=trial.address, seconds=self.seconds_left
            )
            if trial.why_not:
                says += _(". Log in there.")
            self.query_one("#trial", Static).update(Content.styled(says, "bold $accent"), layout=False)

    @work(group="asking", exclusive=True)
    async def ask(self, trial: NetworkTrial) -> None:
        """The first thing that somebody is asked who came in by the new settings."""
        lines = [
            *(f"{_(change.label)}: {change.old} -> {change.new}" for change in trial.changes if change.new),
            *(check_line(check) for check in trial.checks),
            *trial_lines(trial),
        ]
        buttons = [("", _("Later")), ("confirm", _("Keep them")), ("revert", _("Take them back"))]
        answer = await self.app.push_screen_wait(Dialog(_("Keep these network settings?"), lines, buttons))
        if answer:
            await act(console_of(self), answer)

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.run_worker(act(console_of(self), message.action), group="settings")


async def act(console: Console, action: str) -> None:
    """Confirm, extend or take back; the station then announces what came of it."""
    station = console.visit.station
    calls = {
        "confirm": station.confirm_network,
        "extend": station.extend_network_trial,
        "revert": station.revert_network,
    }
    await console.attempt(calls[action]())


def end_words(trial: NetworkTrial, status: NetworkStatus) -> str:
    """Whether a trial was confirmed or taken back, as what is saved now shows."""
    kept = all(
        status.saved.get(change.key, change.new) == change.new for change in trial.changes if change.new
    )
    if kept:
        return _("The network settings are confirmed and saved.")
    return _("Taken back: the station answers at {address} again.").format(address=trial.old_address)
