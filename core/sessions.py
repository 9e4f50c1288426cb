"""Who is logged in, and the tokens by which a session is taken up again after a restart."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable
from typing import Literal

import msgspec

from core.api import Origin, SessionInfo
from core.clock import Clock
from core.errors import NotAllowed, NotFound, StorageFull
from core.events import SessionEnded, SessionsChanged
from core.listeners import Announcer, Listener, View
from core.storage import Storage

TOKEN_BYTES = 32
TOKEN_SECONDS = 600.0
MOST_SESSIONS = 128
AccountName = Literal["admin", "user", "local"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS resume_tokens (
    hash TEXT PRIMARY KEY, session INTEGER, account TEXT NOT NULL, password_must_change INTEGER NOT NULL,
    expires REAL NOT NULL, key TEXT NOT NULL DEFAULT ''
);
"""
KEYS = """
ALTER TABLE resume_tokens ADD COLUMN key TEXT NOT NULL DEFAULT ''
"""
"""The migration of tokens that did not know of the public key that their session was opened with."""


class Resumed(msgspec.Struct, frozen=True, kw_only=True):
    """What a token stands for."""

    account: AccountName
    password_must_change: bool
    key: str


class Session:
    """One log-in; `info` is what others see of it."""

    def __init__(self, info: SessionInfo, announcer: Announcer) -> None:
        self.info = info
        self.ended: SessionEnded | None = None
        self._announcer = announcer
        self._listeners: set[Listener] = set()

    def listen(self, view: View) -> Listener:
        """Listen until the session ends."""
        listener = self._announcer.listen(view)
        self._listeners = {one for one in self._listeners if not one.is_closed} | {listener}
        if self.ended is not None:
            listener.close()
        return listener

    def end(self, event: SessionEnded) -> None:
        self.ended = event
        for listener in self._listeners:
            listener.put(event)
            listener.close()


class Sessions:
    """The register of sessions; tokens are stored as hashes, serve once, and end with their session.

    A token of a running session does not age; `TOKEN_SECONDS` count from when the station is there again.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        announcer: Announcer,
        *,
        wall: Callable[[], float] | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._announcer = announcer
        self._wall = wall or unstepped(time.time, time.monotonic)
        self._sessions: dict[int, Session] = {}
        self._last = 0
        self._leaving = False

    async def start(self) -> None:
        """Give the tokens of the last run their time."""
        now = self._wall()

        def begin(link: sqlite3.Connection) -> None:
            link.execute("DELETE FROM resume_tokens WHERE session IS NULL AND expires < ?", (now,))
            link.execute(
                "UPDATE resume_tokens SET session = NULL, expires = ? WHERE session IS NOT NULL",
                (now + TOKEN_SECONDS,),
            )

        await self._storage.write(begin)

    def leave(self) -> None:
        """The station restarts: sessions end without their tokens."""
        self._leaving = True

    def open(
        self, account: AccountName, origin: Origin, *, password_must_change: bool = False, key: str = ""
    ) -> Session:
        """Register a log-in, by the key of this fingerprint; raises NotAllowed when too many are there."""
        if len(self._sessions) >= MOST_SESSIONS:
            raise NotAllowed("Too many sessions are open at the station. Close one, then log in.")
        self._last += 1
        now = self._clock.now()
        info = SessionInfo(
            id=self._last,
            account=account,
            origin=origin,
            started=now,
            last_active=now,
            password_must_change=password_must_change,
            key=key,
        )
        session = Session(info, self._announcer)
        self._sessions[info.id] = session
        self._announcer.announce(SessionsChanged())
        return session

    def all(self) -> tuple[SessionInfo, ...]:
        return tuple(session.info for session in self._sessions.values())

    def get(self, number: int) -> Session:
        """Return an open session; raises NotFound."""
        session = self._sessions.get(number)
        if session is None:
            raise NotFound("There is no session {number}.", number=number)
        return session

    @property
    def last(self) -> int:
        """The number of the session that was opened last; 0 before any."""
        return self._last

    def is_open(self, number: int) -> bool:
        return number in self._sessions

    def of(self, account: str) -> tuple[Session, ...]:
        return tuple(session for session in self._sessions.values() if session.info.account == account)

    def touch(self, session: Session) -> None:
        session.info = msgspec.structs.replace(session.info, last_active=self._clock.now())

    def show_screens(self, session: Session) -> None:
        self._serve(session, "console")

    def exchange_files(self, session: Session) -> None:
        if session.info.origin.purpose == "command":
            self._serve(session, "sftp")

    def _serve(self, session: Session, purpose: Literal["console", "sftp"]) -> None:
        origin = msgspec.structs.replace(session.info.origin, purpose=purpose)
        session.info = msgspec.structs.replace(session.info, origin=origin)
        self._announcer.announce(SessionsChanged())

    def password_changed(self, session: Session) -> None:
        """The session may now do what its account may."""
        session.info = msgspec.structs.replace(session.info, password_must_change=False)
        self._announcer.announce(SessionsChanged())

    async def end(
        self, session: Session, *, reason: str, by: str, address: str = "", confirm_within_s: int = 0
    ) -> None:
        """End a session, for why see `SessionEnded`; its calls are refused from now on, its token is gone."""
        if session.ended is not None:
            return
        self._sessions.pop(session.info.id, None)
        session.end(SessionEnded(reason=reason, by=by, address=address, confirm_within_s=confirm_within_s))
        self._announcer.announce(SessionsChanged())
        if not self._leaving:
            number = session.info.id
            self._storage.write_when_possible(
                lambda link: link.execute("DELETE FROM resume_tokens WHERE session = ?", (number,)).rowcount
            )

    async def token(self, session: Session) -> str:
        """Return a new token of the session; the one before is worth nothing.

        With no room on the disk it is worth nothing either: whoever comes to make room still gets in.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        info = session.info
        row = (_hash(token), info.id, info.account, int(info.password_must_change), 0.0, info.key)

        def store(link: sqlite3.Connection) -> None:
            link.execute("DELETE FROM resume_tokens WHERE session = ?", (info.id,))
            link.execute("INSERT INTO resume_tokens VALUES (?, ?, ?, ?, ?, ?)", row)

        with contextlib.suppress(StorageFull):
            await self._storage.write(store)
        return token

    async def take(self, token: str) -> Resumed:
        """Return what a token stands for, once; raises NotAllowed."""
        hashed, now = _hash(token), self._wall()

        def take(link: sqlite3.Connection) -> Resumed | None:
            row = link.execute(
                "SELECT account, password_must_change, key FROM resume_tokens"
                " WHERE hash = ? AND session IS NULL AND expires >= ?",
                (hashed, now),
            ).fetchone()
            link.execute("DELETE FROM resume_tokens WHERE hash = ? AND session IS NULL", (hashed,))
            if row is None:
                return None
            return Resumed(account=row[0], password_must_change=bool(row[1]), key=row[2])

        found = await self._storage.write(take)
        if found is None:
            raise NotAllowed("The session cannot be taken up again. Log in.")
        return found


def unstepped(wall: Callable[[], float], elapsed: Callable[[], float]) -> Callable[[], float]:
    """The wall clock as it goes on from now, however often it is set meanwhile: tokens keep their time."""
    at_zero = wall() - elapsed()
    return lambda: at_zero + elapsed()


def forget_tokens(link: sqlite3.Connection, account: str) -> None:
    """Make all tokens of an account worthless, in the transaction that changes its password."""
    link.execute("DELETE FROM resume_tokens WHERE account = ?", (account,))


def forget_tokens_of_key(link: sqlite3.Connection, account: str, fingerprint: str) -> None:
    """Make the tokens of sessions worthless that a key has opened, in the transaction that removes it."""
    link.execute("DELETE FROM resume_tokens WHERE account = ? AND key = ?", (account, fingerprint))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
