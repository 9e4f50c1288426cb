"""Makes the transport that the settings name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping

from core.clock import Clock, SystemClock
from core.publication.parcel import Parcel, Step, Transport, Undelivered
from core.publication.transports.limits import Limits
from core.publication.transports.surroundings import Surroundings
from core.publication.transports.target import FileTarget, MailTarget, Reader, WebTarget, read_target

SETTINGS = "Settings"
NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,148}[A-Za-z0-9]")

Target = MailTarget | FileTarget | WebTarget


def make_transport(
    settings: Reader,
    *,
    station: str,
    clock: Clock | None = None,
    authorities: str | None = None,
    doors: Mapping[int, int] | None = None,
    limits: Limits | None = None,
) -> Transport:
    """The transport of `publication.protocol`, with the settings as they are now.

    `authorities` is the PEM of certificate authorities to trust in place of the system's. `doors` maps
    ports of the settings to those to knock at, where a server cannot have the port that is set.
    """
    around = Surroundings(
        station=station, clock=clock or SystemClock(), limits=limits or Limits(), authorities=authorities
    )
    return Prepared(read_target(settings, doors or {}), around)


class Prepared:
    """A transport whose client is loaded when it is needed first: most stations never send."""

    def __init__(self, target: Target, around: Surroundings) -> None:
        self._target = target
        self._around = around

    async def send(self, parcel: Parcel) -> None:
        """Deliver the parcel. Raises Undelivered, and ValueError for a name that is no plain file name."""
        if not NAME.fullmatch(parcel.name):
            raise ValueError("not a plain file name: up to 150 letters, digits, _ - and single dots")
        missing = missing_settings(self._target)
        if missing:
            raise Undelivered(step=SETTINGS, said=missing)
        transport = await asyncio.to_thread(_load, self._target, self._around)
        await transport.send(parcel)

    async def test(self, told: Callable[[Step], None]) -> bool:
        """Go as far as possible without delivering anything, telling each step; True when all went well."""
        missing = missing_settings(self._target)
        if missing:
            told(Step(name=SETTINGS, ok=False, said=missing))
            return False
        transport = await asyncio.to_thread(_load, self._target, self._around)
        return await transport.test(told)


def missing_settings(target: Target) -> str:
    """What is not filled in, in words; empty when all is."""
    wanted = {"Server": target.host}
    if target.login is not None:
        wanted |= {"Username": target.login.username, "Password": target.login.password}
    match target:
        case MailTarget():
            wanted |= {"Sender": target.sender, "Receiver": ";".join(target.receivers)}
        case WebTarget():
            wanted |= {"Path": target.path, "Field name": target.field_name}
        case FileTarget():
            pass
    empty = [label for label, value in wanted.items() if not value]
    return f"Not filled in under Publication: {', '.join(empty)}." if empty else ""


def _load(target: Target, around: Surroundings) -> Transport:
    """Takes tenths of a second the first time, so it is done in a thread."""
    match target:
        case MailTarget():
            from core.publication.transports.mail import Mail

            return Mail(target, around)
        case FileTarget():
            from core.publication.transports.file_server import FileServer

            return FileServer(target, around)
        case WebTarget():
            from core.publication.transports.web import Web, load_network

            load_network()
            return Web(target, around)
