"""The console of one session, from the log-in to the log-out."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.driver import Driver

from core.api import Entrance, Origin, SessionInfo, Station
from core.events import StationRestarting
from screens.away import Away, back_words, log_in_words
from screens.first_password import FirstPassword
from screens.frame import STATUS_PERIOD, Frame
from screens.idle_watch import IdleWatch
from screens.keeping_up import KeepingUp
from screens.listening import listen
from screens.login import Login
from screens.shared_rules import SharedStylesheet
from screens.terminal_facts import TerminalFacts
from screens.texts import languages
from screens.themes import THEMES
from screens.trial_bar import TrialBar
from screens.visit import Visit

Reconnect = Callable[[], Awaitable[Entrance]]
TOKEN_PERIOD = 240.0


class ConsoleApp(KeepingUp, inherit_bindings=False):
    """One person at one terminal.

    It may be started before anybody is there; `attach` then gives it the terminal, the entrance and, where
    the transport has logged in already, the handle. It ends with why: `logged_out`, `idle`, `closed`.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "styles.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,ctrl+n", "focus_next", show=False, priority=True),
        Binding("shift+tab,ctrl+p", "focus_previous", show=False, priority=True),
        Binding("ctrl+l", "redraw", show=False, priority=True),
        Binding("ctrl+o,f10", "save", show=False),
        Binding("f9", "discard", show=False),
        Binding("ctrl+g,f1", "help", show=False),
        Binding("f3", "find", show=False),
        Binding("f6", "show_log", show=False),
    ]

    def __init__(
        self,
        entrance: Entrance | None = None,
        station: Station | None = None,
        *,
        origin: Origin | None = None,
        terminal: TerminalFacts | None = None,
        reconnect: Reconnect | None = None,
        key_fingerprint: str = "",
        driver_class: type[Driver] | None = None,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """Without an entrance the app waits for `attach`."""
        super().__init__(driver_class=driver_class)
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())
        self.animation_level = "none"
        self.languages = languages()
        self.key_fingerprint = key_fingerprint
        self.elapsed = elapsed
        self.idle_watch = IdleWatch(elapsed)
        self._reconnect = reconnect
        self._station = station
        self._started_with = (entrance, origin or Origin(kind="local"), terminal or TerminalFacts())
        for theme in THEMES:
            self.register_theme(theme)

    def get_default_screen(self) -> Frame:
        return Frame()

    async def on_mount(self) -> None:
        self.set_interval(STATUS_PERIOD, self.pulse)
        self.set_interval(1.0, self.second_passed)
        self.set_interval(TOKEN_PERIOD, self.renew_token)
        entrance, origin, terminal = self._started_with
        self._set_terminal(terminal)
        if entrance is not None:
            self.attach(entrance, self._station, origin=origin, terminal=terminal, reconnect=self._reconnect)

    def attach(
        self,
        entrance: Entrance,
        station: Station | None,
        *,
        origin: Origin,
        terminal: TerminalFacts,
        reconnect: Reconnect | None = None,
        key_fingerprint: str = "",
    ) -> None:
        """Somebody is there: show the log-in screen, or the station to who is logged in already."""
        self.entrance = entrance
        self.origin = origin
        self._reconnect = reconnect
        self.key_fingerprint = key_fingerprint or self.key_fingerprint
        self._set_terminal(terminal)
        self.run_worker(self._let_in(station), group="door")

    def _set_terminal(self, terminal: TerminalFacts) -> None:
        self.terminal = terminal
        if terminal.themes:
            self.theme = terminal.themes[0]
        self.set_class(terminal.ascii, "ascii")
        self.set_class(not terminal.colour, "no-colour")

    async def _let_in(self, station: Station | None) -> None:
        self.idle_watch.key_pressed()
        if station is None:
            await self._leave()
            welcome = await self.attempt(self.entrance.welcome())
            if welcome is not None:
                await self.push_screen(Login(welcome))
            return
        person = await self.attempt(station.whoami())
        if person is None:
            return
        if person.password_must_change:
            await self._cover(FirstPassword(station, person))
        else:
            await self._show_station(station, person)

    async def _leave(self) -> None:
        """Nobody is logged in any more: nothing of the station stays on the screen or is asked for."""
        if self.attached:
            del self.visit
            for group in ("listening", "pulse", "others", "settings", "token", "page"):
                self.workers.cancel_group(self, group)
            await self._uncover()
            await self.frame.leave()

    async def _cover(self, screen: FirstPassword) -> None:
        with self.batch_update():
            await self._uncover()
            await self.push_screen(screen)

    async def _uncover(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    async def _show_station(self, station: Station, person: SessionInfo) -> None:
        visit = Visit(station, person)
        if self.attached and self.visit.person.account == person.account:
            visit.take_up(self.visit)
        if await self.attempt(_done(visit.look_around())) is None:
            return
        self.visit = visit
        self.run_worker(listen(station, self), group="listening", exclusive=True)
        with self.batch_update():
            await self._uncover()
            await self.frame.enter()
        self.frame.query_one(TrialBar).look(ask=True)
        self.renew_token()

    async def on_login_entered(self, message: Login.Entered) -> None:
        self.run_worker(self._let_in(message.station), group="door")

    async def on_first_password_done(self, message: FirstPassword.Done) -> None:
        self.run_worker(self._let_in(message.station), group="door")

    # ------------------------------------------------------------ what widgets ask for

    def somebody_is_here(self) -> None:
        self.idle_watch.key_pressed()

    def tell(self, text: str) -> None:
        if isinstance(self.screen, FirstPassword):
            self.screen.tell(text)
        elif self.attached:
            self.frame.tell(text)

    def place_words(self, tab: str, sub_tab: str) -> str:
        return self.frame.place_words(tab, sub_tab)

    def open_page(self, tab: str, sub_tab: str = "", *, key: str = "") -> None:
        self.run_worker(self.frame.open(tab, sub_tab, key=key), group="page", exclusive=True)

    def go_away(self, restart: StationRestarting | None) -> None:
        self._wait_for_station(restart)

    @work(group="away")
    async def _wait_for_station(self, restart: StationRestarting | None) -> None:
        if self._reconnect is None or any(isinstance(screen, Away) for screen in self.screen_stack):
            return
        token = self.visit.resume_token if self.attached else ""
        waited = self.visit.restart_names() if self.attached else []
        away = Away(self._reconnect, token, self.origin, restart)
        self.entrance, station = await self.push_screen_wait(away)
        await self._let_in(station)
        if station is None and isinstance(self.screen, Login):
            self.screen.say(log_in_words(away))
        if station is not None and self.attached:
            self.tell(back_words(away, waited, self.visit.status.errors))

    # ------------------------------------------------------------ time

    def second_passed(self) -> None:
        """Warn of the end of a session at which nobody presses a key, then end it."""
        said = self.idle_watch.second_passed(self.origin, logged_in=self.attached)
        if said == "end" and isinstance(self.screen, Login):
            self.screen.action_clear()
            self.idle_watch.key_pressed()
        elif said == "end" and hasattr(self, "entrance"):
            self.run_worker(self.end("idle"), group="door")
        elif said:
            self.tell(said)
        if self.attached and self.idle_watch.touch_due():
            self.run_worker(self.attempt(self.visit.station.touch()), group="touch", exclusive=True)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste):
            self.idle_watch.key_pressed()
            if self.attached:
                self.frame.tell("")
        await super().on_event(event)


async def _done(work: Awaitable[None]) -> bool:
    await work
    return True
