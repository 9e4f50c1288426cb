"""What the screens hold of one logged-in person and of the station that they look at."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from core.api import Hardware, Origin, SessionInfo, SettingView, Station, StationStatus
from core.values.setting import Value
from screens.badge_draft import KeptDraft
from screens.edits import Edits
from screens.texts import _
from screens.zones import zone_named


class Visit:
    """Somebody at the station: their handle, what they may see of it, and their unsaved edits."""

    def __init__(self, station: Station, person: SessionInfo) -> None:
        self.station = station
        self.person = person
        self.edits = Edits()
        self.badge_draft: KeptDraft | None = None
        self.hardware: Hardware
        self.settings: dict[str, SettingView] = {}
        self.status: StationStatus
        self.others: tuple[SessionInfo, ...] = ()
        self.resume_token = ""
        self._expected: set[str] = set()

    def changed_pages(self, here: tuple[str, str]) -> set[tuple[str, str]]:
        """Tab and sub-tab of every page with something unsaved; a badge's line is marked by itself `here`."""
        pages = {(self.settings[key].tab, self.settings[key].sub_tab) for key in self.edits.keys}
        draft = self.badge_draft
        if draft is not None and (draft.tab, draft.sub_tab) != here:
            pages.add((draft.tab, draft.sub_tab))
        return pages

    @property
    def is_admin(self) -> bool:
        return self.person.account in {"admin", "local"}

    @property
    def zone(self) -> ZoneInfo:
        """The station's time zone; UTC where it is not known here."""
        return zone_named(self.status.station.zone)

    async def look_around(self) -> None:
        """Ask for everything that the frame shows. Raises StationError."""
        await asyncio.gather(
            self.read_hardware(), self.read_settings(), self.read_status(), self.read_others()
        )

    async def read_hardware(self) -> None:
        self.hardware = await self.station.hardware()

    async def read_settings(self) -> None:
        self.settings = {view.key: view for view in await self.station.settings()}

    def restart_names(self) -> list[str]:
        """What every setting is called that waits for a restart."""
        waiting = (v for v in self.settings.values() if v.running is not None and not v.on_trial)
        return [self.name(view.key) for view in waiting]

    async def read_status(self) -> None:
        self.status = await self.station.status()

    async def read_others(self) -> None:
        """Who else has a console open."""
        self.others = tuple(
            other
            for other in await self.station.sessions()
            if other.id != self.person.id and other.origin.purpose == "console"
        )

    def newcomers(self, before: Sequence[SessionInfo]) -> list[str]:
        """Who was not there `before`, in words; not who comes back after a restart as this person did."""
        known = {other.id for other in before}
        new = [who_words(other) for other in self.others if other.id not in known]
        told = [who for who in new if who not in self._expected]
        self._expected.difference_update(new)
        return told

    def take_up(self, before: Visit) -> None:
        """Go on with the edits of the visit before the link was lost, and expect the others back."""
        self.edits, self.badge_draft = before.edits, before.badge_draft
        self._expected = {*before._expected, *map(who_words, before.others)}

    def value(self, key: str) -> str:
        """What the forms show for a setting: the edit, else the saved value; "" where it does not exist."""
        view = self.settings.get(key)
        return "" if view is None else self.edits.shown(view)

    def name(self, key: str) -> str:
        """What a setting is called, with its charge point where there are several."""
        view = self.settings.get(key)
        if view is None:
            return key
        number = key.split(".")[1]
        several = number.isdigit() and self.hardware.charge_points > 1
        return f"{_(view.label)} {number}" if several else _(view.label)

    def words(self, key: str, value: Value | None) -> str:
        """A value of a setting as a screen says it, untranslated; secrets are only `set` or `not set`."""
        view = self.settings.get(key)
        if value is None:
            return "(hidden)"
        if view is None:
            return str(value)
        if view.kind in {"choice", "toggle"}:
            return next((c.label for c in view.choices if c.value == value), str(value))
        return f"{value} {view.unit}".rstrip()


def who_words(session: SessionInfo) -> str:
    """`admin, ssh 10.1.4.9`."""
    return f"{session.account}, {origin_words(session.origin)}"


def origin_words(origin: Origin) -> str:
    """Where somebody comes from: `ssh 10.1.4.9`, `serial ttyS1`, `local`."""
    return f"{origin.kind} {origin.address}".rstrip()
