"""Sends a file to a server by the same ways as Publication."""

from __future__ import annotations

from collections.abc import Callable

from core.clock import Clock
from core.ocpp.transfers.own_host import Check
from core.ocpp.transfers.uploading import Send
from core.publication.parcel import Parcel
from core.publication.transports.limits import Limits
from core.publication.transports.making import Prepared
from core.publication.transports.surroundings import Surroundings
from core.publication.transports.target import FileTarget, WebTarget

MEDIA = "text/plain; charset=utf-8"


def sending(clock: Clock, station: str, authority: Callable[[], str], check: Check) -> Send:
    """What sends; `check` looks at the server first.

    `authority` gives the PEM of those whom the station trusts besides the public ones.
    """

    async def send(target: FileTarget | WebTarget, name: str, content: bytes) -> None:
        await check(target)
        around = Surroundings(
            station=station, clock=clock, limits=Limits(), authorities=authority() or None, also_public=True
        )
        parcel = Parcel(name=name, content=content, media=MEDIA, station=station, period="", first=0, last=0)
        await Prepared(target, around).send(parcel)

    return send
