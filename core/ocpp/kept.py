"""What the link to the central system has to remember over restarts, sealed: there may be passwords in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

import msgspec

from core.secrets import SealBroken, StationKey
from core.storage import Storage

T = TypeVar("T", bound=msgspec.Struct)

SCHEMA = """
CREATE TABLE IF NOT EXISTS ocpp_kept (name TEXT PRIMARY KEY, sealed TEXT NOT NULL);
"""


class Kept:
    """Values by their names, in the station's database."""

    def __init__(self, storage: Storage, key: StationKey) -> None:
        self._storage = storage
        self._key = key
        self._gone: set[str] = set()

    async def load(self, name: str, kind: type[T]) -> T | None:
        """What was kept; None where there is nothing, or nothing that can be read."""

        def read(link: sqlite3.Connection) -> str | None:
            row = link.execute("SELECT sealed FROM ocpp_kept WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

        sealed = await self._storage.read(read)
        if sealed is None or name in self._gone:
            return None
        try:
            return msgspec.json.decode(self._key.unseal(sealed), type=kind)
        except (SealBroken, msgspec.DecodeError):
            return None

    async def keep(self, name: str, value: msgspec.Struct) -> None:
        """It is on the disk when this returns. Raises StorageFull."""
        await self._storage.write(self._keeping(name, value))

    def keep_when_possible(self, name: str, value: msgspec.Struct) -> None:
        """It is on the disk as soon as that takes it."""
        self._storage.write_when_possible(self._keeping(name, value))

    def forget(self, name: str) -> None:
        """It is gone at once, and from the disk as soon as that takes it."""
        self._gone.add(name)

        def act(link: sqlite3.Connection) -> None:
            link.execute("DELETE FROM ocpp_kept WHERE name = ?", (name,))

        self._storage.write_when_possible(act)

    def _keeping(self, name: str, value: msgspec.Struct) -> Callable[[sqlite3.Connection], None]:
        self._gone.discard(name)
        sealed = self._key.seal(msgspec.json.encode(value).decode())

        def act(link: sqlite3.Connection) -> None:
            link.execute("INSERT OR REPLACE INTO ocpp_kept VALUES (?, ?)", (name, sealed))

        return act
