"""Sending what waits: one parcel after another, the oldest first, each marked as sent before the next."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable

from core.audit import Audit, Note, append
from core.clock import Clock
from core.publication import table
from core.publication.content import parcel_of
from core.publication.parcel import Transport, Undelivered
from core.publication.proposed import Reader
from core.publication.table import Fixed
from core.storage import Storage

log = logging.getLogger(__name__)

MakeTransport = Callable[[Reader], Transport]
PROTOCOL = "publication.protocol"

SEND = "Send the file"
INSIDE = "Something went wrong inside the station. It is in the station's own log."

LONGEST_SENDING = 900.0
"""s; a transport that has not come to an end by then has lost its server."""


class Sending:
    """Hands parcels to the transport that the settings name. `station` is the station's name for people."""

    def __init__(
        self,
        settings: Reader,
        make_transport: MakeTransport,
        storage: Storage,
        audit: Audit,
        clock: Clock,
        changed: Callable[[], None],
        *,
        station: str,
    ) -> None:
        self._settings = settings
        self._make_transport = make_transport
        self._storage = storage
        self._audit = audit
        self._clock = clock
        self._changed = changed
        self._station = station

    async def send_waiting(self) -> bool:
        """Send until nothing waits, and return True; or until a parcel fails, and return False."""
        while (fixed := await self._storage.read(table.waiting)) is not None:
            try:
                await self._send(fixed)
            except Undelivered as failure:
                await self._stored(fixed, failure)
                return False
            await self._stored(fixed, None)
        return True

    async def _send(self, fixed: Fixed) -> None:
        """Deliver a parcel. Raises Undelivered, also where the station itself is at fault."""
        try:
            parcel = await self._storage.read(lambda link: parcel_of(link, fixed, self._station))
            async with asyncio.timeout(LONGEST_SENDING):
                await self._make_transport(self._settings).send(parcel)
        except Undelivered:
            raise
        except TimeoutError:
            raise Undelivered(step=SEND, said="The server did not come to an end.", certain=False) from None
        except Exception:
            log.exception("%s could not be sent", fixed.name)
            raise Undelivered(step=SEND, said=INSIDE, certain=False) from None

    async def _stored(self, fixed: Fixed, failure: Undelivered | None) -> None:
        """Store what came of a parcel, however long the disk is full: nothing is sent before that."""
        now = self._clock.now()
        note = Note(
            kind="event",
            action="published" if failure is None else "publication_failed",
            subject=fixed.name,
            text=f"records {fixed.first} to {fixed.last} by {self._settings.text(PROTOCOL).upper()}",
        )

        def act(link: sqlite3.Connection) -> int:
            if failure is None:
                table.mark_sent(link, fixed.id, now)
            else:
                table.mark_failed(
                    link, fixed.id, now, step=failure.step, said=failure.said, certain=failure.certain
                )
            return append(link, note, now)

        self._audit.stored(await self._storage.write_when_possible(act))
        self._changed()
