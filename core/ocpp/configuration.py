"""The configuration as the central system reads and changes it: settings, own values, facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, Protocol

import msgspec

from core.access import Actor, origin_text
from core.api import Origin
from core.audit import Audit, Note, append
from core.clock import Clock
from core.errors import StationError
from core.ocpp import key_table
from core.ocpp.keys import KEYS, Key, known_key
from core.settings.store import Settings
from core.storage import Storage
from core.values.setting import Value
from core.values.settings import ChangeOutcome

Outcome = Literal["Accepted", "Rejected", "RebootRequired", "NotSupported"]

CENTRAL_SYSTEM = Actor(account="local", session=0, origin=Origin(kind="local", address="supervision"))
"""Whom the log names for what the central system does."""


class Save(Protocol):
    """Saves settings, as `core.saving.Saving.save` does."""

    async def __call__(
        self,
        changes: Mapping[str, Value],
        *,
        actor: Actor,
        seen: Mapping[str, Value] | None,
        dry_run: bool,
    ) -> ChangeOutcome: ...


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A key as it is read; `value` None: a secret."""

    name: str
    value: str | None
    fixed: bool


class Configuration:
    """One a station. `facts` gives what the hardware says, by the names of `Key.fact`."""

    def __init__(
        self,
        settings: Settings,
        save: Save,
        storage: Storage,
        audit: Audit,
        clock: Clock,
        facts: Callable[[], Mapping[str, str]],
    ) -> None:
        self._settings = settings
        self._save = save
        self._storage = storage
        self._audit = audit
        self._clock = clock
        self._facts = facts
        self._own: dict[str, str] = {}
        self.propose: Callable[[Mapping[str, str]], Awaitable[None]] | None = None
        """Tries what protects the link before it is saved; whoever can sets this."""

        self.changed: Callable[[], None] = lambda: None
        """Hears of every change."""

    async def open(self) -> None:
        """Read what was kept; a value that no longer fits gives way to the one at first."""
        kept = await self._storage.read(key_table.load)
        self._own = {name: value for name, value in kept.items() if _fits(name, value)}

    # ------------------------------------------------------------ what the station follows

    def text(self, name: str) -> str:
        """The value of a key, a secret in clear. Raises KeyError for a name that no key has."""
        key = KEYS[name]
        if key.fact:
            return self._facts()[key.fact]
        if key.setting:
            value = str(self._settings.value(key.setting))
            return next((word for word, own in key.words.items() if own == value), value)
        return self._own.get(name, key.own or "")

    def number(self, name: str) -> int:
        return int(self.text(name))

    def is_on(self, name: str) -> bool:
        return self.text(name) == "true"

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in self.text(name).split(",") if word)

    # ------------------------------------------------------------ what the central system does

    def readings(self) -> list[Reading]:
        """Every key, in the order of the table."""
        return [self.reading(name) for name in KEYS]

    def reading(self, name: str) -> Reading:
        key = KEYS[name]
        value = self.text(name) if key.readable else None
        return Reading(name=name, value=value, fixed=key.kind is None)

    async def change(self, name: str, text: str) -> Outcome:
        """Set a key; what is accepted is kept before this returns."""
        known = known_key(name)
        if known is None:
            return "NotSupported"
        name, key = known, KEYS[known]
        value = None if key.kind is None else key.kind.fit(text)
        if value is None:
            return "Rejected"
        try:
            await (self._set(key, value) if key.setting else self._keep(name, value))
        except StationError:
            return "Rejected"
        self.changed()
        return "Accepted"

    def learn(self, name: str, value: str) -> None:
        """Take over what the central system said in another message; kept when there is room."""
        if KEYS[name].kind is not None and self._own.get(name) != value and _fits(name, value):
            self._own[name] = value
            self._storage.write_when_possible(lambda link: key_table.keep(link, name, value))

    async def _set(self, key: Key, value: str) -> None:
        changes = {key.setting: key.words.get(value, value)}
        if key.protects and self.propose is not None:
            await self.propose(changes)
        else:
            await self._save(changes, actor=CENTRAL_SYSTEM, seen=None, dry_run=False)

    async def _keep(self, name: str, value: str) -> None:
        old = self.text(name)
        if old == value:
            return
        note = Note(
            kind="audit",
            action="ocpp_key_changed",
            account=CENTRAL_SYSTEM.account,
            origin=origin_text(CENTRAL_SYSTEM.origin),
            subject=name,
            old=old,
            new=value,
        )

        def act(link: sqlite3.Connection) -> int:
            key_table.keep(link, name, value)
            return append(link, note, self._clock.now())

        number = await self._storage.write(act)
        self._own[name] = value
        self._audit.stored(number)


def _fits(name: str, value: str) -> bool:
    key = KEYS.get(name)
    return key is not None and key.kind is not None and not key.setting and key.kind.fit(value) == value
