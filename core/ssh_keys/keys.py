"""The register of public keys: listed, added, removed, and asked at log-in."""

from __future__ import annotations

import sqlite3

from core.access import Actor, origin_text
from core.accounts import FACTORY
from core.audit import Audit, Note, append
from core.clock import Clock
from core.errors import Conflict, Invalid, NotFound, StorageFull
from core.sessions import Sessions, forget_tokens_of_key
from core.ssh_keys import table
from core.ssh_keys.line import read_line
from core.storage import Storage
from core.values.keys import MOST_KEYS, SshKey


class SshKeys:
    """Every change is stored together with its entry in the log."""

    def __init__(self, storage: Storage, sessions: Sessions, audit: Audit, clock: Clock) -> None:
        self._storage = storage
        self._sessions = sessions
        self._audit = audit
        self._clock = clock

    async def every(self) -> tuple[SshKey, ...]:
        return await self._storage.read(table.every)

    async def find(self, account: str, key: str) -> SshKey | None:
        """The key of an account by its base64; the same work for accounts that there are not."""
        return await self._storage.read(lambda link: table.with_key(link, account, key))

    async def add(self, account: str, text: str, actor: Actor) -> SshKey:
        """Raises Invalid, NotFound, Conflict."""
        if account not in FACTORY:
            raise NotFound("There is no account {name}. The accounts are admin and user.", name=account)
        line = read_line(text)
        by = f"{actor.account} {origin_text(actor.origin)}"

        def store(link: sqlite3.Connection) -> tuple[SshKey, int]:
            there = table.with_key(link, account, line.key)
            if there is not None:
                raise Conflict(
                    "Account {account} has this key already: {fingerprint} {comment}",
                    account=account,
                    fingerprint=there.fingerprint,
                    comment=there.comment,
                )
            if table.count(link, account) >= MOST_KEYS:
                raise Invalid(
                    "An account has at most {most} keys. Remove one that is not used any more.",
                    most=MOST_KEYS,
                )
            now = self._clock.now()
            added = table.add(link, account, line, now=now, by=by)
            return added, append(link, _note("key_added", actor, added), now)

        added, number = await self._storage.write(store)
        self._audit.stored(number)
        return added

    async def remove(self, account: str, fingerprint: str, actor: Actor) -> SshKey:
        """Raises NotFound. The key is worth nothing from now on, nor are the sessions that it opened."""

        def take(link: sqlite3.Connection) -> tuple[SshKey, int]:
            there = table.with_fingerprint(link, account, fingerprint)
            if there is None:
                raise NotFound("Account {account} has no such key. `keys list` names them.", account=account)
            table.remove(link, account, fingerprint)
            forget_tokens_of_key(link, account, fingerprint)
            return there, append(link, _note("key_removed", actor, there), self._clock.now())

        removed, number = await self._storage.write(take)
        self._audit.stored(number)
        for session in self._sessions.of(account):
            if session.info.key == fingerprint:
                await self._sessions.end(session, reason="key_removed", by=actor.account)
        return removed

    async def use(self, account: str, key: str) -> SshKey | None:
        """The key that somebody logs in with, from now on the one used last; None for one that there is not.

        In one order with `remove`; a full disk keeps nobody out who comes to make room.
        """

        def take(link: sqlite3.Connection) -> SshKey | None:
            there = table.with_key(link, account, key)
            if there is not None:
                table.used(link, account, there.fingerprint, self._clock.now())
            return there

        try:
            return await self._storage.write(take)
        except StorageFull:
            return await self.find(account, key)


def key_words(key: SshKey) -> str:
    """A key as the log names it."""
    return f"{key.type} {key.fingerprint} {key.comment}".rstrip()


def _note(action: str, actor: Actor, key: SshKey) -> Note:
    return Note(
        kind="audit",
        action=action,
        account=actor.account,
        origin=origin_text(actor.origin),
        subject=key.account,
        text=key_words(key),
    )
