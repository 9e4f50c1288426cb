"""The station's memory: one writer that is never blocked, readers beside it, nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from core import database
from core.errors import StorageFull, TryLater
from core.journal import Journal, Transaction

T = TypeVar("T")
Act = Callable[[sqlite3.Connection], T]

READERS = 2
RESERVED_DESCRIPTORS = 8
RETRY_SECONDS = 1.0
LONGEST_JOURNAL = 64 * 1024 * 1024
NOT_WRITING = ("SELECT", "BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "--")


class Storage:
    """The database of a data folder.

    `write` and `read` take functions of a connection; they run in threads. Acts must not commit and must
    not use SQL that gives another result when run again (`random()`, `datetime('now')`): the journal
    repeats their statements.
    """

    def __init__(self, folder: Path, link: sqlite3.Connection, recovery: database.Recovery | None) -> None:
        self.folder = folder
        self.recovery = recovery
        self.is_full = False
        self.is_damaged = False
        self.keeps_copies = False
        self._link = link
        self._reading: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        for _ in range(READERS):
            self._reading.put(database.connect(folder / database.DATABASE_FILE, read_only=True))
        self._copying = database.connect(folder / database.DATABASE_FILE, read_only=True)
        self._reserved: list[int] = []
        self._reserve()
        self._one_copy = asyncio.Lock()
        self._position = database.position(link)
        self._journal = Journal(folder / database.COPIES, self._position)
        self._statements: list[str] = []
        link.set_trace_callback(self._noted)
        self._writer = ThreadPoolExecutor(1, "storage-writer")
        self._reader = ThreadPoolExecutor(READERS, "storage-reader")
        self._copier = ThreadPoolExecutor(1, "storage-copier")
        self._waiting: deque[tuple[Act[Any], asyncio.Future[Any]]] = deque()
        self._draining: asyncio.Task[None] | None = None
        self._room = asyncio.Event()
        self._early_copy: asyncio.Task[Path | None] | None = None
        self._is_closed = False

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        schema: Sequence[str],
        migrations: Sequence[str] = (),
        keeps_copies: bool = False,
    ) -> Storage:
        """Open, check, restore when damaged (see `recovery`), bring the tables to this version.

        No older copy goes while `keeps_copies` holds: software on trial may have to be left for one of them.
        The first copy is made here; whoever owns the storage makes the others with `copy`.
        """

        def opened() -> tuple[Storage, bool]:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            link, recovery, copy_is_due = database.open_checked(folder, schema, migrations)
            return cls(folder, link, recovery), copy_is_due

        storage, copy_is_due = await asyncio.to_thread(opened)
        storage.keeps_copies = keeps_copies
        if copy_is_due:
            await storage.copy()
        return storage

    async def write(self, act: Act[T]) -> T:
        """Run `act` as one transaction; it is on the disk when this returns.

        Raises StorageFull, and TryLater when closed.
        """
        result = await self._in_thread(self._writer, self._transaction, act)
        self._room.set()
        if self._journal.length > LONGEST_JOURNAL and (self._early_copy is None or self._early_copy.done()):
            self._early_copy = asyncio.create_task(self.copy(), name="copy for a long journal")
        return result

    async def read(self, ask: Act[T]) -> T:
        """Run `ask` on one consistent state, while writing goes on. Raises TryLater when closed."""
        return await self._in_thread(self._reader, self._snapshot, ask)

    def write_when_possible(self, act: Act[T]) -> asyncio.Future[T]:
        """Run `act` as soon as there is room, in the order of these calls; never waits.

        The future is done when the transaction is on the disk.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((act, done))
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain(), name="storage queue")
        return done

    async def flush(self) -> None:
        """Wait until everything queued so far is on the disk."""
        if self._waiting:
            await asyncio.wait([self._waiting[-1][1]])

    async def copy(self) -> Path | None:
        """Put a complete copy into `copies/` beside all other work; None when there is no room, or damage."""
        loop = asyncio.get_running_loop()
        async with self._one_copy:
            self._release()
            try:
                await loop.run_in_executor(self._writer, lambda: self._journal.rotate(self._position))
                copy = partial(database.copy_to, self._copying, self.folder, keeps_older=self.keeps_copies)
                return await loop.run_in_executor(self._copier, copy)
            except (OSError, sqlite3.Error, database.Damaged) as fault:
                self.is_damaged |= isinstance(fault, database.Damaged) or is_damage(fault)
                return None
            finally:
                self._reserve()

    async def close(self) -> None:
        """Finish what is queued if there is room, take a last copy, close."""
        if self._draining is not None and not self._draining.done() and (self.is_full or self.is_damaged):
            self._draining.cancel()
        running = (task for task in (self._draining, self._early_copy) if task is not None)
        await asyncio.gather(*running, return_exceptions=True)
        await self.copy()
        self._is_closed = True
        for executor in (self._reader, self._copier, self._writer):
            executor.shutdown(wait=True)
        for link in (*(self._reading.get() for _ in range(READERS)), self._copying, self._link):
            link.close()
        self._journal.close()
        self._release()

    async def _in_thread(self, thread: ThreadPoolExecutor, run: Callable[[Act[T]], T], act: Act[T]) -> T:
        if self._is_closed:
            raise TryLater("The station has stopped. Try again when it is back.")
        return await asyncio.get_running_loop().run_in_executor(thread, run, act)

    async def _drain(self) -> None:
        while self._waiting:
            act, done = self._waiting[0]
            failure: Exception | None = None
            result = None
            try:
                result = await self.write(act)
            except StorageFull:
                self._room.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._room.wait(), RETRY_SECONDS)
                continue
            except Exception as error:  # noqa: BLE001 - handed on to whoever waits for this act
                failure = error
            self._waiting.popleft()
            if done.done():
                continue
            if failure is None:
                done.set_result(result)
            else:
                done.set_exception(failure)

    def _noted(self, statement: str) -> None:
        if not statement.lstrip().upper().startswith(NOT_WRITING):
            self._statements.append(statement)

    def _transaction(self, act: Act[T]) -> T:
        link = self._link
        self._statements.clear()
        try:
            link.execute("BEGIN IMMEDIATE")
            try:
                result = act(link)
                if self._statements:
                    self._commit(link)
                else:
                    link.execute("COMMIT")
            except BaseException:
                if link.in_transaction:
                    link.execute("ROLLBACK")
                raise
        except (OSError, sqlite3.DatabaseError) as fault:
            if is_damage(fault):
                self.is_damaged = True
                raise StorageFull(
                    "The station's database is damaged: nothing was saved. Restart the station."
                ) from fault
            if not is_lack_of_room(fault):
                raise
            self.is_full = True
            raise StorageFull(
                "The station's disk is full: nothing was saved. Make room, then do it again."
            ) from fault
        self.is_full = False
        return result

    def _commit(self, link: sqlite3.Connection) -> None:
        """Commit after the journal has it, so that what is acknowledged is on the disk twice."""
        position = self._position + 1
        link.execute("UPDATE journal_position SET position = ?", (position,))
        self._journal.append(Transaction(position=position, statements=tuple(self._statements)))
        try:
            link.execute("COMMIT")
        except BaseException:
            self._journal.take_back(last=True)
            raise
        self._position = position

    def _snapshot(self, ask: Act[T]) -> T:
        link = self._reading.get()
        try:
            link.execute("BEGIN")
            try:
                return ask(link)
            finally:
                link.execute("ROLLBACK")
        finally:
            self._reading.put(link)

    def _reserve(self) -> None:
        """Hold descriptors back, so that a copy finds some even when connections have taken all others."""
        with contextlib.suppress(OSError):
            while len(self._reserved) < RESERVED_DESCRIPTORS:
                self._reserved.append(os.open("/dev/null", os.O_RDONLY))

    def _release(self) -> None:
        while self._reserved:
            os.close(self._reserved.pop())


def is_damage(fault: Exception) -> bool:
    """Whether SQLite found its file damaged."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_lack_of_room(fault: Exception) -> bool:
    """Whether a fault of SQLite or of a file says that nothing can be written now."""
    if isinstance(fault, sqlite3.Error):
        return fault.sqlite_errorcode & 0xFF in (
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
        )
    return isinstance(fault, OSError)
