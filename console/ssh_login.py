"""One SSH connection: its log-in at the station, and what it may open after it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh

from console.texts import _
from core.api import Entrance, Origin, Station
from core.errors import LogInRefused, StationError, TryLater
from core.link import connect

log = logging.getLogger(__name__)

TRIES: int = 3
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

    async def leave(self) -> None:
        """End the session at the station."""
        entrance, self.entrance, self.station = self.entrance, None, None
        if entrance is not None:
            await entrance.close()


class LogIn(asyncssh.SSHServer):
    """Checks passwords with the station: three tries, each refusal as slow as the station says.

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
        try:
            if visitor.entrance is None:
                visitor.entrance = await visitor.knock()
            visitor.station = await visitor.entrance.log_in(username, password, visitor.origin)
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

    def session_requested(self) -> asyncssh.SSHServerSession[bytes]:
        return self._open_session(self._visitor)

    def _hang_up(self, code: int, reason: str) -> None:
        log.info("the connection from %s was ended: %s", self._visitor.address, reason)
        self._connection.disconnect(code, reason)
