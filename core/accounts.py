"""The two accounts of the station: whether a password opens one, and new passwords."""

from __future__ import annotations

import asyncio
import math
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from core.api import Origin
from core.delays import Delays
from core.errors import Invalid, LogInRefused, NotFound
from core.passwords import LONGEST, Keeper, accept, cleaned
from core.storage import Storage

AccountName = Literal["admin", "user"]
FACTORY: Mapping[str, str] = MappingProxyType({"admin": "ADMIN", "user": "USER"})
TRIES_AT_ONCE = 16
NOT_RIGHT = "The user name or the password is not right."
WRONG_OLD = "The old password is not right."
NOT_THIS_KEY = "This key does not open the account."

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    name TEXT PRIMARY KEY, hash TEXT NOT NULL, is_factory INTEGER NOT NULL
);
"""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account that a password has opened."""

    name: AccountName
    password_must_change: bool


def store(link: sqlite3.Connection, account: str, hashed: str, *, is_factory: bool) -> None:
    """Store an account's password hash."""
    link.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)", (account, hashed, int(is_factory)))


class Accounts:
    """Verifies passwords, with a growing delay after wrong ones; an unknown user costs the same time."""

    def __init__(
        self,
        storage: Storage,
        keeper: Keeper,
        *,
        serial_number: str,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._storage = storage
        self._keeper = keeper
        self._serial_number = serial_number
        self._delays = Delays(elapsed)
        self._unknown_keys = Delays(elapsed)
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}
        self._tries: dict[tuple[str, str], int] = {}
        self._nobody = ""

    async def start(self) -> None:
        """Make the accounts with their factory passwords where there are none."""
        self._nobody = await self._keeper.hash(os.urandom(16).hex())
        have = await self._storage.read(
            lambda link: {name for (name,) in link.execute("SELECT name FROM accounts")}
        )
        for name in FACTORY.keys() - have:
            await self.reset(name)

    async def reset(self, name: str) -> None:
        """Give an account its factory password again."""
        hashed = await self._keeper.hash(FACTORY[name])
        await self._storage.write(lambda link: store(link, name, hashed, is_factory=True))

    async def is_factory(self, name: str) -> bool:
        """Whether an account still has its factory password."""
        _, is_factory = await self._stored(name)
        return is_factory

    async def open(self, name: str, password: str, origin: Origin) -> Account:
        """Return the account that the password opens; raises LogInRefused with `wait_s`.

        Tries of one source are looked at one after the other, so that none runs ahead of its delay.
        """
        source = (origin.kind, origin.address)
        waiting = self._tries.get(source, 0)
        if waiting >= TRIES_AT_ONCE:
            raise LogInRefused("Too many tries at once. Try again in a moment.", details={"wait_s": "1"})
        self._tries[source] = waiting + 1
        try:
            async with self._turns.setdefault(source, asyncio.Lock()):
                return await self._checked(name, password, origin)
        finally:
            self._tries[source] -= 1
            if not self._tries[source]:
                del self._tries[source], self._turns[source]

    async def for_key(self, name: str, origin: Origin) -> Account:
        """Return the account that a public key may open now; raises LogInRefused, with `wait_s` as `open`.

        Before the factory password was changed no key opens it.
        """
        known = _known(name)
        self._refuse_too_early(origin, known)
        if known is None or await self.is_factory(known):
            raise LogInRefused(NOT_THIS_KEY, details={"wait_s": "0"})
        return Account(name=known, password_must_change=False)

    def opened_with_key(self, account: Account, origin: Origin) -> None:
        """Somebody has logged in with a key: wrong passwords of the same source are forgotten."""
        self._delays.succeeded(origin, account.name)

    def is_news(self, origin: Origin) -> bool:
        """Whether an unknown key of this source is worth an entry in the log: a flood of them is not.

        It is no wrong try, because programs offer every key that they have.
        """
        if self._unknown_keys.wait(origin, ""):
            return False
        self._unknown_keys.failed(origin, "")
        return True

    async def check_own(self, name: str, password: str, origin: Origin) -> None:
        """Raise Invalid unless this is the account's password now; wrong tries are delayed as at log-in."""
        try:
            await self.open(name, password, origin)
        except LogInRefused as refused:
            wrong = Invalid(WRONG_OLD, key="old", details=refused.details)
            if refused.values:
                wrong.template, wrong.values = refused.template, refused.values
            raise wrong from None

    async def _checked(self, name: str, password: str, origin: Origin) -> Account:
        known = _known(name)
        self._refuse_too_early(origin, known)
        stored, is_factory = await self._stored(known or "")
        fits = len(password) <= LONGEST and await self._keeper.is_right(cleaned(password), stored)
        if known is None or not fits:
            wait = math.ceil(self._delays.failed(origin, known or ""))
            raise LogInRefused(NOT_RIGHT, details={"wait_s": str(wait)})
        self._delays.succeeded(origin, known)
        return Account(name=known, password_must_change=is_factory)

    def _refuse_too_early(self, origin: Origin, known: AccountName | None) -> None:
        wait = math.ceil(self._delays.wait(origin, known or ""))
        if wait:
            raise LogInRefused(
                "Too many wrong tries. Try again in {wait} s.", wait=wait, details={"wait_s": str(wait)}
            )

    async def new_hash(self, name: str, password: str) -> str:
        """Return the hash of an acceptable new password; raises Invalid, NotFound."""
        if name not in FACTORY:
            raise NotFound("There is no account {name}. The accounts are admin and user.", name=name)
        clean = accept(password, account=name, serial_number=self._serial_number, factory=FACTORY[name])
        stored, _ = await self._stored(name)
        if await self._keeper.is_right(clean, stored):
            raise Invalid("The new password is the old one. Choose another.", key="new")
        return await self._keeper.hash(clean)

    async def _stored(self, name: str) -> tuple[str, bool]:
        def ask(link: sqlite3.Connection) -> tuple[str, bool]:
            row = link.execute("SELECT hash, is_factory FROM accounts WHERE name = ?", (name,)).fetchone()
            return (row[0], bool(row[1])) if row else (self._nobody, False)

        return await self._storage.read(ask)


def _known(name: str) -> AccountName | None:
    return "admin" if name == "admin" else "user" if name == "user" else None
