"""Records on their way into the station's memory: each once, numbered without gaps."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence

from core.badges import table as badges
from core.cdrs import open_sessions, table
from core.errors import StorageFull
from core.events import AnyEvent, RecordAdded
from core.storage import Storage
from core.values.records import ChargeRecord


class Opening:
    """What charging finds when it starts: where its counters and meters go on."""

    def __init__(self, link: sqlite3.Connection, sockets: int) -> None:
        self.meters = {socket: table.meter_of(link, socket) for socket in range(1, sockets + 1)}
        self.last_transaction = table.last_transaction(link)


class Keeping:
    """Stores what charging finishes and how far it has come."""

    def __init__(self, storage: Storage, announce: Callable[[AnyEvent], None]) -> None:
        self._storage = storage
        self._announce = announce

    async def open(self, sockets: int) -> Opening:
        """Close the sessions that a death of the station left open, and tell where everything goes on."""

        def closed(link: sqlite3.Connection) -> tuple[ChargeRecord, ...]:
            return _finish(link, open_sessions.left_open(link))

        self._tell(await self._storage.write(closed))
        return await self._storage.read(lambda link: Opening(link, sockets))

    async def store(
        self, finished: Sequence[ChargeRecord], under_way: Sequence[ChargeRecord]
    ) -> tuple[ChargeRecord, ...]:
        """Store records and checkpoints in one transaction; the records as numbered.

        With no room on the disk nothing is returned: the records follow as soon as there is some.
        """
        if not finished and not under_way:
            return ()

        def act(link: sqlite3.Connection) -> tuple[ChargeRecord, ...]:
            for record in (*finished, *under_way):
                badges.used(link, record.uid, record.start)
            done = _finish(link, finished)
            for record in under_way:
                open_sessions.keep(link, record)
            return done

        # Shielded: a caller that gives up must not take a record with it.
        return await asyncio.shield(asyncio.ensure_future(self._written(act, waits=bool(finished))))

    async def _written(
        self, act: Callable[[sqlite3.Connection], tuple[ChargeRecord, ...]], *, waits: bool
    ) -> tuple[ChargeRecord, ...]:
        try:
            done = await self._storage.write(act)
        except StorageFull:
            if waits:
                self._storage.write_when_possible(act).add_done_callback(self._stored_late)
            return ()
        self._tell(done)
        return done

    def _stored_late(self, done: asyncio.Future[tuple[ChargeRecord, ...]]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._tell(done.result())

    def _tell(self, done: Sequence[ChargeRecord]) -> None:
        for record in done:
            self._announce(RecordAdded(number=record.number))


def _finish(link: sqlite3.Connection, finished: Sequence[ChargeRecord]) -> tuple[ChargeRecord, ...]:
    done = []
    for record in finished:
        done.append(table.append(link, record))
        open_sessions.drop(link, record)
    return tuple(done)
