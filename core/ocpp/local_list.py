"""The list of id tags that decides while nobody can be asked (OCPP 1.6, 5.5 and 5.15)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Literal

from core.badges.verdict import Verdict
from core.errors import StationError
from core.ocpp import list_table
from core.ocpp.configuration import Configuration
from core.ocpp.frames import Payload
from core.ocpp.id_tags import read_verdict
from core.ocpp.keys import LONGEST_LIST, MOST_AT_ONCE
from core.storage import Storage

Update = Literal["Accepted", "Failed", "NotSupported", "VersionMismatch"]


class TooLong(Exception):
    """The list would have more id tags than the station keeps."""


class LocalList:
    """One a station; while it is switched off it decides nothing, and is kept."""

    def __init__(self, storage: Storage, configuration: Configuration) -> None:
        self._storage = storage
        self._configuration = configuration

    @property
    def _is_on(self) -> bool:
        return self._configuration.is_on("LocalAuthListEnabled")

    async def find(self, id_tag: str) -> Verdict | None:
        """What the list says of an id tag; None where it says nothing."""
        if not self._is_on:
            return None
        return await self._storage.read(lambda link: list_table.find(link, id_tag))

    async def version(self) -> int:
        """0 while the list is empty, -1 while it is switched off."""
        return await self._storage.read(list_table.version) if self._is_on else -1

    async def update(self, payload: Payload) -> Update:
        """Take over a whole list, or what has changed since the version before; all of it or nothing."""
        if not self._is_on:
            return "NotSupported"
        entries = _entries(payload)
        if entries is None:
            return "Failed"
        full, number = payload["updateType"] == "Full", payload["listVersion"]

        def act(link: sqlite3.Connection) -> Update:
            if full:
                list_table.clear(link)
            elif number <= list_table.version(link):
                return "VersionMismatch"
            list_table.change(link, entries)
            if list_table.length(link) > LONGEST_LIST:
                raise TooLong
            list_table.set_version(link, number)
            return "Accepted"

        try:
            return await self._storage.write(act)
        except (StationError, TooLong):
            return "Failed"


def _entries(payload: Payload) -> Mapping[str, Verdict | None] | None:
    """What the list says, by id tag; None for a list that contradicts itself."""
    given = payload.get("localAuthorizationList", ())
    entries = {
        each["idTag"].casefold(): read_verdict(each["idTagInfo"]) if "idTagInfo" in each else None
        for each in given
    }
    wrong = len(entries) < len(given) or len(given) > MOST_AT_ONCE or payload["listVersion"] < 1
    wrong |= payload["updateType"] == "Full" and None in entries.values()
    return None if wrong else entries
