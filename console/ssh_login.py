"""One SSH connection: its log-in at the station, and what it may open after it."""

from __future__ import annotations

import asyncio
import logging
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh

from console.ssh_options import SIGNATURES
from console.texts import N_, _
from core.api import Entrance, Origin, Station
from core.errors import LogInRefused, StationError, TryLater
from core.link import connect

log = logging.getLogger(__name__)

TRIES: int = 3
OFFERS: int = 20
"""Public keys that one connection may offer, each counted again when it is signed with."""
LONGEST_WAIT_S = 10.0
STATION_PATIENCE_S = 20.0
STATION_RETRY_S = 0.3


@dataclass
class Visitor:
    """Somebody at the other end of an SSH connection: where from, to which address of the station,
    and the session once logged in.
    """

    folder: Path
    address: str
    arrived_at: str = ""
    entrance: Entrance | None = None
    station: Station | None = None
    channels: set[object] = field(default_factory=set)
    came_in: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the station has said whether it opens a session; a client may open channels before."""

    @property
    def origin(self) -> Origin:
        """Until a terminal asks for screens, a log-in is taken for that of a command."""
        return Origin(kind="ssh", address=self.address, arrived_at=self.arrived_at, purpose="command")

    async def knock(self) -> Entrance:
        """Open a connection to the station; waits while it restarts. Raises TryLater."""
        left = STATION_PATIENCE_S
        while True:
            try:
                return await connect(self.folder)
            except TryLater:
                left -= STATION_RETRY_S
                if left <= 0:
                    raise
                await asyncio.sleep(STATION_RETRY_S)

    async def at_the_door(self) -> Entrance:
        """The connection to the station, opened when it is first needed. Raises TryLater."""
        if self.entrance is None:
            self.entrance = await self.knock()
        return self.entrance

    async def leave(self) -> None:
        """End the session at the station."""
        entrance, self.entrance, self.station = self.entrance, None, None
        if entrance is not None:
            await entrance.close()


class LogIn(asyncssh.SSHServer):
    """Checks passwords with the station: three tries, each refusal as slow as the station says.

    A client may offer some public keys too; they are no tries. The session of a key is opened once its
    signature was found right, which is known only when asyncssh says that the log-in is complete.
    `told` is called with True when somebody logged in and False for each refusal.
    """

    def __init__(
        self,
        visitor: Visitor,
        open_session: Callable[[Visitor], asyncssh.SSHServerSession[bytes]],
        told: Callable[[bool], None],
    ) -> None:
        self._visitor = visitor
        self._open_session = open_session
        self._told = told
        self._tries = 0
        self._offers = 0
        self._offered: tuple[str, str] | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn

    def begin_auth(self, _username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        """Log in at the station. A refusal is answered only after its delay."""
        visitor = self._visitor
        if self._tries >= TRIES:
            return False
        self._tries += 1
        self._offered = None
        try:
            entrance = await visitor.at_the_door()
            visitor.station = await entrance.log_in(username, password, visitor.origin)
        except LogInRefused as refusal:
            self._told(False)
            await asyncio.sleep(min(float(refusal.details.get("wait_s", "0")), LONGEST_WAIT_S))
            if self._tries >= TRIES:
                self._hang_up(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, _("Too many tries."))
            return False
        except StationError as error:
            await visitor.leave()
            self._hang_up(asyncssh.DISC_BY_APPLICATION, error.message)
            return False
        self._told(True)
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether the station knows the key; asyncssh then checks the signature, or asks for it."""
        visitor = self._visitor
        self._offers += 1
        self._offered = None
        if self._offers > OFFERS:
            self._hang_up(
                asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE,
                _("Too many keys were offered. Name the one: ssh -o IdentitiesOnly=yes -i FILE ..."),
            )
            return False
        packed = b64encode(key.public_data).decode("ascii")
        try:
            fits = await (await visitor.at_the_door()).fits_key(username, packed, visitor.origin)
        except StationError as error:
            await visitor.leave()
            self._hang_up(asyncssh.DISC_BY_APPLICATION, error.message)
            return False
        if fits:
            # asyncssh would take signatures with SHA-1 too.
            key.all_sig_algorithms = {name for name in key.all_sig_algorithms if name.decode() in SIGNATURES}
            self._offered = username, packed
        return fits

    async def auth_completed(self) -> None:
        """Open the session of the key whose signature was right."""
        visitor = self._visitor
        try:
            if visitor.station is None:
                await self._come_in_with_key()
        except StationError as error:
            await visitor.leave()
            self._hang_up(asyncssh.DISC_BY_APPLICATION, error.message)
        finally:
            visitor.came_in.set()

    async def _come_in_with_key(self) -> None:
        """Raises LogInRefused, TryLater."""
        visitor, offered = self._visitor, self._offered
        if offered is None or offered[0] != self._connection.get_extra_info("username"):
            raise LogInRefused(N_("Log in with a password or a key."))
        entrance = await visitor.at_the_door()
        visitor.station = await entrance.log_in_with_key(*offered, visitor.origin)
        self._told(True)

    def session_requested(self) -> asyncssh.SSHServerSession[bytes]:
        return self._open_session(self._visitor)

    def _hang_up(self, code: int, reason: str) -> None:
        log.info("the connection from %s was ended: %s", self._visitor.address, reason)
        self._connection.disconnect(code, reason)
