"""The station is away, restarting or not reachable: say so, count, and come back with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from core.api import Entrance, Origin, Station
from core.errors import NotAllowed, StationError
from screens.texts import _

Reconnect = Callable[[], Awaitable[Entrance]]


class Away(ModalScreen[tuple[Entrance, Station | None]], inherit_bindings=False):
    """Tries every second; dismissed with the new entrance and the session (None: log in anew)."""

    def __init__(
        self, reconnect: Reconnect, token: str, origin: Origin, *, restarting: bool, by: str = ""
    ) -> None:
        super().__init__()
        self.reconnect = reconnect
        self.token = token
        self.origin = origin
        self.restarting = restarting
        self.by = by
        self.seconds = 0
        self._asking = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            yield Static(id="says")
        box.border_title = Content(_(" Restart ") if self.restarting else _(" Link lost "))

    def on_mount(self) -> None:
        self.draw()
        self.set_interval(1.0, self.second_passed)

    def draw(self) -> None:
        if self.restarting:
            says = _("The station restarts{by}.").format(
                by=_(", asked for by {account}").format(account=self.by) if self.by else ""
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
