"""Fetches a file from a server that the central system named, up to a size."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import BinaryIO

from core.clock import Clock
from core.ocpp.transfers.location import file_of
from core.ocpp.transfers.own_host import Check
from core.publication.parcel import Undelivered
from core.publication.transports.limits import Limits
from core.publication.transports.surroundings import Surroundings
from core.publication.transports.target import FileTarget, WebTarget

LIMITS = Limits(whole_s=3600.0)
"""A package over a mobile network takes its time."""

FETCH = "Fetch the file"
TOO_LARGE = "The file has more than {most:,} bytes."
NO_ROOM = "There is no room for the file on the station."

Fetch = Callable[[FileTarget | WebTarget, BinaryIO, int], Awaitable[None]]
"""Writes what the server has into a file, at most so many bytes. Raises Undelivered."""


def fetching(clock: Clock, station: str, authority: Callable[[], str], check: Check) -> Fetch:
    """What fetches; `check` looks at the server first.

    `authority` gives the PEM of those whom the station trusts besides the public ones.
    """

    async def fetch(target: FileTarget | WebTarget, into: BinaryIO, most: int) -> None:
        await check(target)
        around = Surroundings(
            station=station, clock=clock, limits=LIMITS, authorities=authority() or None, also_public=True
        )
        into.seek(0)
        into.truncate()

        def take(piece: bytes) -> None:
            if into.tell() + len(piece) > most:
                raise Undelivered(step=FETCH, said=TOO_LARGE.format(most=most))
            try:
                into.write(piece)
            except OSError:
                raise Undelivered(step=FETCH, said=NO_ROOM) from None

        await (await asyncio.to_thread(_source, target, around))(take)
        into.seek(0)

    return fetch


def _source(
    target: FileTarget | WebTarget, around: Surroundings
) -> Callable[[Callable[[bytes], None]], Awaitable[None]]:
    """Takes tenths of a second the first time, so it is done in a thread."""
    if isinstance(target, FileTarget):
        from core.publication.transports.file_server import FileServer

        folder, name = file_of(target)
        return lambda take: FileServer(folder, around).fetch(name, take)
    from core.publication.transports.web import Web, load_network

    load_network()
    return Web(target, around).fetch
