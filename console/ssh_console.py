"""The console on an SSH channel."""

from __future__ import annotations

import asyncssh
import msgspec

from console.host_key import key_fingerprint
from console.seat import Guest, Seat, facts_of, within_reason
from console.sessions import Sessions
from console.ssh_login import Visitor
from console.ssh_session import SeatedConsole
from console.ssh_wire import SshWire
from console.terminal.profiles import TerminalProfile, choose_profile
from core.api import Entrance
from screens.cleaned import cleaned

LONGEST_TERM = 30


class SshConsole:
    """Feeds a seat from a channel. Implements SeatedConsole."""

    def __init__(
        self,
        channel: asyncssh.SSHServerChannel[bytes],
        visitor: Visitor,
        seat: Seat,
        term: str,
        profile: TerminalProfile,
    ) -> None:
        self._channel = channel
        self._visitor = visitor
        self._seat = seat
        self._term = term
        self._profile = profile
        self._wire = SshWire(channel)

    def feed(self, data: bytes) -> None:
        self._seat.feed(data)

    def resize(self, columns: int, rows: int) -> None:
        self._seat.resize(columns, rows)

    def line_is_free(self) -> None:
        self._wire.written_out()

    def hang_up(self) -> None:
        self._seat.hang_up()

    async def run(self) -> int:
        visitor = self._visitor
        if visitor.entrance is None:
            return 1
        if visitor.station is not None:
            await visitor.station.show_screens()
        columns, rows = within_reason(*self._channel.get_terminal_size()[:2])
        guest = Guest(
            entrance=visitor.entrance,
            station=visitor.station,
            origin=msgspec.structs.replace(visitor.origin, purpose="console"),
            reconnect=self._reconnect,
            key_fingerprint=key_fingerprint(visitor.folder),
            folder=visitor.folder,
        )
        facts = facts_of(
            self._profile,
            description=f"ssh {visitor.address}",
            terminal=cleaned(self._term, ascii_only=True)[:LONGEST_TERM],
        )
        reason = await self._seat.run(self._wire, self._profile, (columns, rows), guest, facts)
        visitor.station = None
        return 1 if reason == "crashed" else 0

    async def _reconnect(self) -> Entrance:
        from core.link import connect

        self._visitor.station = None
        self._visitor.entrance = await connect(self._visitor.folder)
        return self._visitor.entrance


class SshSeats:
    """Gives each SSH terminal a console that it can show."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def __call__(
        self, channel: asyncssh.SSHServerChannel[bytes], visitor: Visitor, term: str
    ) -> SeatedConsole | None:
        profile = choose_profile(term)
        if not profile.addresses_cursor:
            return None
        return SshConsole(channel, visitor, self._sessions.take(), term, profile)
