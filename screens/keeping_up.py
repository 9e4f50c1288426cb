"""Keeping a session's screens up with the station: what it announces, its status, the way back to it."""

from __future__ import annotations

from abc import abstractmethod

from core.events import NetworkChanged, SessionEnded, SessionsChanged, SettingsChanged, StationRestarting
from screens.actions import Actions
from screens.away import Away
from screens.farewell import farewell_words
from screens.listening import Announced
from screens.texts import _
from screens.trial_bar import TrialBar


class KeepingUp(Actions, inherit_bindings=False):
    """What is shown follows the station while somebody looks at it."""

    @abstractmethod
    def go_away(self, restart: StationRestarting | None) -> None:
        """The station is gone, for a restart or without a word: cover the screens until it is back."""

    def link_lost(self) -> None:
        self.go_away(None)

    def edits_changed(self) -> None:
        self.frame.draw()
        if self.frame.page is not None:
            self.frame.page.settings_changed()

    async def on_announced(self, message: Announced) -> None:
        fact = message.fact
        if isinstance(fact, StationRestarting):
            self.go_away(fact)
        elif isinstance(fact, SessionEnded):
            self.farewell = farewell_words(fact)
            self.exit(fact.reason)
        elif not self.attached:
            return
        elif isinstance(fact, SessionsChanged):
            self.run_worker(self._look_who_is_there(), group="others", exclusive=True)
        elif isinstance(fact, NetworkChanged):
            self.frame.query_one(TrialBar).look()
        elif isinstance(fact, SettingsChanged) and fact.session != self.visit.person.id:
            self.run_worker(self._read_settings(fact), group="settings")
        elif self.screen_stack and self.frame.page is not None:
            self.frame.page.announced(fact)

    def on_link_ended(self) -> None:
        self.link_lost()

    async def _look_who_is_there(self) -> None:
        before = self.visit.others
        await self.attempt(self.visit.read_others())
        for who in self.visit.newcomers(before):
            self.tell(_("{who} has logged in.").format(who=who))
        self.frame.draw()

    async def _read_settings(self, fact: SettingsChanged) -> None:
        await self.attempt(self.visit.read_settings())
        edited = [self.visit.name(key) for key in fact.keys if key in self.visit.edits]
        if edited:
            says = _("{account} has just saved another value of: {settings}.")
            names = ", ".join(edited)
            self.tell(says.format(account=fact.account, settings=names))
        self.edits_changed()

    def pulse(self) -> None:
        """Read the status again for the frame and the page."""
        if self.attached and not isinstance(self.screen, Away):
            self.run_worker(self._read_status(), group="pulse", exclusive=True)

    async def _read_status(self) -> None:
        await self.attempt(self.visit.read_status())
        self.frame.draw()
        if self.frame.page is not None:
            self.frame.page.show_status(self.visit.status)

    def renew_token(self) -> None:
        if self.attached:
            self.run_worker(self._renew_token(), group="token", exclusive=True)

    async def _renew_token(self) -> None:
        visit = self.visit
        token = await self.attempt(visit.station.resume_token())
        visit.resume_token = token or visit.resume_token
