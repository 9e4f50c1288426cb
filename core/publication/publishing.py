"""The publication of charge data records: rounds of packing and sending, and what wakes them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.audit import Audit, Note
from core.clock import Clock
from core.errors import StorageFull, TryLater
from core.events import AnyEvent, PublicationChanged
from core.publication import table
from core.publication.backoff import pause
from core.publication.connection import BUSY, go_to_server
from core.publication.packing import ZONE, Packing
from core.publication.proposed import proposed
from core.publication.sending import PROTOCOL, MakeTransport, Sending
from core.settings.catalogue.publication import PUBLICATION
from core.settings.store import Settings
from core.step_test import StepTest
from core.storage import Storage
from core.timekeeping.drift import Drift
from core.values.publication import ConnectionTest, PublicationStatus, PublishOutcome
from core.values.setting import Value

if TYPE_CHECKING:
    from core.publication.waking import Waking

KEYS = tuple(setting.key for setting in PUBLICATION)


class Publication:
    """One a station. `station` is its name for people, `serial_number` begins the names of its files."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        audit: Audit,
        clock: Clock,
        announce: Callable[[AnyEvent], None],
        make_transport: MakeTransport,
        *,
        station: str,
        serial_number: str,
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._clock = clock
        self._announce = announce
        self._packing = Packing(settings, storage, audit, clock, serial_number=serial_number or station)
        self._sending = Sending(
            settings, make_transport, storage, audit, clock, self._changed, station=station
        )
        self._make_transport = make_transport
        self._testing = StepTest(self._changed, BUSY)
        self._drift = Drift(clock.now, time.monotonic)
        self._waking: Waking | None = None
        self._attention = asyncio.Event()
        self._followed = self._wanted()
        self._asked: list[asyncio.Future[None]] = []
        self._retry_at: float | None = None
        self._is_sending = False
        self.is_failing = False
        """A file waits because it could not be sent, and is sent again by itself."""

    async def run(self) -> None:
        """Publish until cancelled."""
        await self._packing.open()
        try:
            while True:
                self._attention.clear()
                await self._round()
                await self._attention.wait()
        finally:
            self._wake_at_ends(wanted=False)
            for asked in self._asked:
                if not asked.done():
                    asked.set_exception(TryLater("The publication was interrupted. It goes on by itself."))
            self._asked = []

    def tick(self) -> None:
        """Look at clock and settings; called every second."""
        wanted = self._wanted()
        if wanted != self._followed:
            self._retry_at = None
            self._attention.set()
        if (self._drift.stepped() or wanted != self._followed) and self._waking is not None:
            self._waking.again()
        self._followed = wanted
        if self._retry_at is not None and self._clock.elapsed() >= self._retry_at:
            self._retry_at = None
            self._attention.set()

    async def publish_now(self, note: Note) -> PublishOutcome:
        """Send every record that is not published yet, and wait for what comes of it.

        `note` says who asked. Raises Invalid while settings are missing, StorageFull, TryLater.
        """
        proposed(self._settings, {}, "local")
        await self._packing.pack(note)
        parcels = await self._storage.read(table.waiting_ids)
        asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked.append(asked)
        self._attention.set()
        await asked
        return await self._storage.read(lambda link: table.outcome(link, parcels))

    async def test(self, changes: Mapping[str, Value], account: str) -> ConnectionTest:
        """Test the way to the server with `changes` before the saved settings. Raises Invalid, Busy."""
        self._testing.refuse_another()
        settings = proposed(self._settings, changes, account)
        way = partial(go_to_server, self._make_transport, settings)
        return await self._testing.run(settings.text(PROTOCOL), way)

    async def status(self) -> PublicationStatus:
        """What is published, what waits, what comes next."""
        frequency, protocol = self._packing.frequency, self._settings.text(PROTOCOL)
        facts = await self._storage.read(table.facts)
        retry = None
        if self._retry_at is not None:
            retry = self._clock.now() + timedelta(seconds=max(0.0, self._retry_at - self._clock.elapsed()))
        return PublicationStatus(
            frequency=frequency,
            protocol=protocol,
            encrypted=self._settings.text(f"publication.{protocol}.security") != "none",
            sending=self._is_sending,
            waiting=facts.waiting,
            files=facts.files,
            published=facts.published,
            next=None if frequency == "disabled" else self._packing.next_end(),
            retry=retry,
            last_sent=facts.last_sent,
            failed=facts.failed,
            test=self._testing.last,
        )

    # ------------------------------------------------------------ one round

    async def _round(self) -> None:
        """Pack what is due, then send: for whoever asked, and by itself unless it waits to try again."""
        enabled = self._packing.frequency != "disabled"
        try:
            due = await self._packing.look()
        except StorageFull:
            due = False  # It stays due: the next waking looks again.
        self._wake_at_ends(wanted=enabled)
        asked = tuple(self._asked)
        if asked or due or (enabled and self._retry_at is None):
            await self._send()
        elif not enabled:
            self.is_failing, self._retry_at = False, None
        for each in asked:
            self._asked.remove(each)
            if not each.done():
                each.set_result(None)
        self._changed()

    async def _send(self) -> None:
        self._is_sending, self._retry_at = True, None
        self._changed()
        try:
            await self._sending.send_waiting()
            failed = await self._storage.read(table.failed)
            self.is_failing = failed is not None and self._packing.frequency != "disabled"
            if failed is not None and self.is_failing:
                self._retry_at = self._clock.elapsed() + pause(failed.tries)
        finally:
            self._is_sending = False

    def _wake_at_ends(self, *, wanted: bool) -> None:
        if wanted and self._waking is None:
            # Loading the scheduler takes a tenth of a second, and most stations publish nothing.
            from core.publication.waking import Waking

            self._waking = Waking(self._attention.set, self._packing.next_end, self._clock.now)
            self._waking.start()
        elif not wanted and self._waking is not None:
            self._waking.stop()
            self._waking = None

    def _wanted(self) -> tuple[Value, ...]:
        """Every setting that a round follows."""
        return tuple(self._settings.value(key) for key in (ZONE, *KEYS))

    def _changed(self) -> None:
        self._announce(PublicationChanged())
