"""The station is away, restarting or not reachable: say so, count, and come back with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from core.api import Entrance, ErrorStatus, Origin, Station
from core.errors import NotAllowed, StationError
from core.events import StationRestarting
from core.notices import NOTICES, RESET_UNFINISHED
from core.values.control import RestartPurpose
from screens.texts import N_, _

Reconnect = Callable[[], Awaitable[Entrance]]

GOING: Mapping[RestartPurpose, str] = {
    "restart": N_("The station restarts{by}."),
    "factory_reset": N_("The station restores its factory settings{by}."),
    "firmware": N_("The station restarts with other software{by}."),
    "personal_data": N_("The station erases badges and records{by}."),
}


def back_words(away: Away, followed: Sequence[str], errors: Sequence[ErrorStatus]) -> str:
    """What is told to a session that was taken up again; `followed` are settings that waited for it."""
    says = _("The station is back after {seconds} s.").format(seconds=away.seconds)
    purpose = away.restart.purpose if away.restart is not None else ""
    unfinished = any(error.number == NOTICES[RESET_UNFINISHED][0] for error in errors)
    if unfinished and purpose != "restart":
        return says + " " + _("Not all that was to go has gone: see the errors.")
    if purpose == "personal_data":
        return says + " " + _("Badges and charge data records are erased.")
    if away.restart is not None and followed:
        says += " " + _("Now followed: {settings}.").format(settings=", ".join(followed))
    return says


def log_in_words(away: Away) -> str:
    """What is told to a session that cannot be taken up again."""
    if away.restart is not None and away.restart.purpose == "factory_reset":
        return _("Factory settings restored. Log in again.")
    return _("Your session has ended. Log in again.")


class Away(ModalScreen[tuple[Entrance, Station | None]], inherit_bindings=False):
    """Tries every second; dismissed with the new entrance and the session (None: log in anew)."""

    def __init__(
        self, reconnect: Reconnect, token: str, origin: Origin, restart: StationRestarting | None
    ) -> None:
        """`restart` None: nobody knows why the station is away."""
        super().__init__()
        self.reconnect = reconnect
        self.token = token
        self.origin = origin
        self.restart = restart
        self.seconds = 0
        self._asking = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            yield Static(id="says")
        box.border_title = Content(_(" Restart ") if self.restart else _(" Link lost "))

    def on_mount(self) -> None:
        self.draw()
        self.set_interval(1.0, self.second_passed)

    def draw(self) -> None:
        if self.restart is not None:
            by = self.restart.by
            says = _(GOING[self.restart.purpose]).format(
                by=_(", asked for by {account}").format(account=by) if by else ""
            )
        else:
            says = _("The station cannot be reached. Trying again.")
        foot = _("This screen comes back by itself.   {seconds} s").format(seconds=self.seconds)
        self.query_one("#says", Static).update(Content(f"{says}\n\n{foot}"))

    def second_passed(self) -> None:
        self.seconds += 1
        self.draw()
        if not self._asking:
            self._asking = True
            self.run_worker(self.try_again())

    async def try_again(self) -> None:
        """One try; nothing happens while the station does not answer."""
        try:
            entrance = await self.reconnect()
            await entrance.welcome()
        except (StationError, OSError):
            self._asking = False
            return
        try:
            station = await entrance.resume(self.token, self.origin) if self.token else None
        except NotAllowed:
            station = None
        except (StationError, OSError):
            self._asking = False
            return
        self.dismiss((entrance, station))
