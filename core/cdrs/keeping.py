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
from core.transactions import table as telling
from core.transactions.facts import AnyFact, Ended
from core.values.records import ChargeRecord

Act = Callable[[sqlite3.Connection], tuple[ChargeRecord, ...]]


class Opening:
    """What charging finds when it starts: where its counters and meters go on."""

    def __init__(self, link: sqlite3.Connection, sockets: int) -> None:
        self.meters = {socket: table.meter_of(link, socket) for socket in range(1, sockets + 1)}
        self.last_transaction = table.last_transaction(link)


class Keeping:
    """Stores what charging finishes and how far it has come, with what the supervision is to be told of it.

    `arrived` is called when there is something to tell.
    """

    def __init__(
        self, storage: Storage, announce: Callable[[AnyEvent], None], arrived: Callable[[], None]
    ) -> None:
        self._storage = storage
        self._announce = announce
        self._arrived = arrived
        self._late: asyncio.Future[tuple[ChargeRecord, ...]] | None = None
        self._in_order = asyncio.Lock()

    async def open(self, sockets: int) -> Opening:
        """Close the sessions that a death of the station left open, and tell where everything goes on."""

        def closed(link: sqlite3.Connection) -> tuple[ChargeRecord, ...]:
            left = open_sessions.left_open(link)
            told = [record for record in left if telling.is_told(link, record.transaction_id)]
            done = _finish(link, left)
            for record in told:
                telling.append(link, _cut_off(record))
            return done

        self._tell(await self._storage.write(closed))
        return await self._storage.read(lambda link: Opening(link, sockets))

    async def store(
        self,
        finished: Sequence[ChargeRecord],
        under_way: Sequence[ChargeRecord],
        facts: Sequence[AnyFact] = (),
    ) -> tuple[ChargeRecord, ...]:
        """Store records, checkpoints and facts in one transaction; the records as numbered.

        With no room on the disk nothing is returned: records and facts follow as soon as there is some.
        """
        if not finished and not under_way and not facts:
            return ()

        def act(link: sqlite3.Connection) -> tuple[ChargeRecord, ...]:
            for record in (*finished, *under_way):
                badges.used(link, record.uid, record.start)
            done = _finish(link, finished)
            for record in under_way:
                open_sessions.keep(link, record)
            for fact in facts:
                telling.append(link, fact)
            return done

        # Shielded: a caller that gives up must not take a record with it.
        return await asyncio.shield(asyncio.ensure_future(self._written(act, waits=bool(finished or facts))))

    async def _written(self, act: Act, *, waits: bool) -> tuple[ChargeRecord, ...]:
        async with self._in_order:
            done = await self._write(act, waits=waits)
        self._tell(done)
        return done

    async def _write(self, act: Act, *, waits: bool) -> tuple[ChargeRecord, ...]:
        if waits and self._late is not None and not self._late.done():
            # What waits for room comes first.
            self._write_late(act)
            return ()
        try:
            return await self._storage.write(act)
        except StorageFull:
            if waits:
                self._write_late(act)
            return ()

    def _write_late(self, act: Act) -> None:
        self._late = self._storage.write_when_possible(act)
        self._late.add_done_callback(self._stored_late)

    def _stored_late(self, done: asyncio.Future[tuple[ChargeRecord, ...]]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._tell(done.result())

    def _tell(self, done: Sequence[ChargeRecord]) -> None:
        for record in done:
            self._announce(RecordAdded(number=record.number))
        self._arrived()


def _finish(link: sqlite3.Connection, finished: Sequence[ChargeRecord]) -> tuple[ChargeRecord, ...]:
    done = []
    for record in finished:
        central = telling.central_id(link, record.transaction_id)
        done.append(table.append(link, record, central))
        open_sessions.drop(link, record)
    return tuple(done)


def _cut_off(record: ChargeRecord) -> Ended:
    """What the supervision is to be told of a charge that a death of the station ended."""
    return Ended(
        transaction=record.transaction_id,
        point=record.socket,
        time=record.end,
        meter_wh=record.meter_stop_wh,
        reason=record.stop_reason,
        uid="",
    )
