"""Making parcels: when a period has ended by the station's clock, or when somebody asks."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from core.audit import Audit, Note, append
from core.clock import Clock
from core.publication import table
from core.publication.due import Done, look, next_moment
from core.publication.periods import Frequency, period_name
from core.publication.table import Form
from core.settings.store import Settings
from core.storage import Storage

FREQUENCY = "publication.frequency"
ZONE = "time.zone"


class Packing:
    """Fixes parcels in the station's memory. `serial_number` begins the names of their files."""

    def __init__(
        self, settings: Settings, storage: Storage, audit: Audit, clock: Clock, *, serial_number: str
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._audit = audit
        self._clock = clock
        self._serial_number = serial_number
        self._done: Done | None = None

    @property
    def frequency(self) -> Frequency:
        return cast("Frequency", self._settings.text(FREQUENCY))

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._settings.text(ZONE))

    def next_end(self) -> datetime:
        """When the next period ends that is not published yet. Not while the frequency is `disabled`."""
        return next_moment(self._done, self.frequency, self._clock.now(), self._zone)

    async def open(self) -> None:
        """Go on where the station stopped."""
        self._done = await self._storage.read(table.done)

    async def look(self) -> bool:
        """Make the parcels of a period that has ended; True when one has. Raises StorageFull: look again."""
        frequency, now, zone = self.frequency, self._clock.now(), self._zone
        due, done = look(self._done, frequency, now, zone)
        if done == self._done:
            return False
        form = self._form()

        def act(link: sqlite3.Connection) -> int | None:
            table.keep_done(link, done)
            if due is None:
                return None
            period = period_name(frequency, due, zone)
            count = table.pack(link, self._serial_number, period, form)
            note = Note(kind="event", action="publication_due", subject=period, text=f"{count} records")
            return append(link, note, now)

        noted = await self._storage.write(act)
        self._done = done
        if noted is not None:
            self._audit.stored(noted)
        return due is not None

    async def pack(self, note: Note) -> None:
        """Make parcels of everything that is in none yet, with the note of who asked. Raises StorageFull."""
        now, form = self._clock.now(), self._form()
        period = f"{now.astimezone(self._zone):%Y-%m-%d %H:%M}"

        def act(link: sqlite3.Connection) -> int:
            table.pack(link, self._serial_number, period, form)
            return append(link, note, now)

        self._audit.stored(await self._storage.write(act))

    def _form(self) -> Form:
        names = ("field_separator", "decimal_separator")
        separators = {name: self._settings.text(f"publication.{name}") for name in names}
        return msgspec.convert({"zone": self._settings.text(ZONE), **separators}, Form)
